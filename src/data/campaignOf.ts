import { kindOfOp, NO_KIND } from '@/domain/kinds'
import type { Draft, Item, OutboxOp } from './db'
import { getConvocatoriaById } from './publicBase'

type CampaignOf = Pick<Draft, 'kind' | 'convocatoria_id' | 'convocatoria_title'>

/**
 * The campaign of a citizen's op, from its item if that can be read, else from the op. The kind is `NO_KIND` when
 * item, op and the campaigns on this phone do not tell it.
 */
export async function campaignOf(op: OutboxOp, item: Item | undefined): Promise<CampaignOf> {
  const named = (op.payload as { convocatoria_id?: unknown }).convocatoria_id
  const convocatoria_id = item?.convocatoria_id ?? String(named ?? '')
  const campaign = await getConvocatoriaById(convocatoria_id)
  return {
    kind: item?.kind ?? kindOfOp(op.kind)?.name ?? campaign?.kind ?? NO_KIND,
    convocatoria_id,
    convocatoria_title: campaign?.title ?? '',
  }
}
