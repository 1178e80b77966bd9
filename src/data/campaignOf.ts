import { kindOfOp, NO_KIND } from '@/domain/kinds'
import type { Draft, Item, OutboxOp } from './db'
import { getConvocatoriaById } from './publicBase'

type CampaignOf = Pick<Draft, 'kind' | 'convocatoria_id' | 'convocatoria_title'>

/**
 * The campaign that an op of an author belongs to, by their item if it can be read, else by what the op says. The
 * kind is `NO_KIND` where neither tells it nor the campaign is on this phone.
 */
export async function campaignOf(op: OutboxOp, item: Item | undefined): Promise<CampaignOf> {
  const said = (op.payload as { convocatoria_id?: unknown }).convocatoria_id
  const convocatoria_id = item?.convocatoria_id ?? String(said ?? '')
  const campaign = await getConvocatoriaById(convocatoria_id)
  return {
    kind: item?.kind ?? kindOfOp(op.kind)?.name ?? campaign?.kind ?? NO_KIND,
    convocatoria_id,
    convocatoria_title: campaign?.title ?? '',
  }
}
