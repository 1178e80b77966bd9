import type { FormMaterial } from '@/campaign/form/campaignForm'
import { newSecret } from '@/campaign/form/secret'
import { rpc } from '@/data/rpc'
import { serverNow } from '@/data/serverClock'
import { Fault } from '@/domain/fault'
import { LOCALE } from '@/i18n/translator'
import { changeKept } from './keptSupports'

/**
 * Supports a published proposal with the consent that the person just gave. The secret is on disk before the call: a call whose
 * answer is lost is repeated with the same one and counts once. Needs signal. Faults: `offline`, as `rpc`, and of storage.
 */
export async function giveSupport(
  { convocatoria, notice }: Pick<FormMaterial, 'convocatoria' | 'notice'>,
  folio: string,
): Promise<void> {
  if (!navigator.onLine) throw new Fault('offline', true)
  const secret = await changeKept(convocatoria.id, newSecret, (folios) => folios)
  await rpc('support_propuesta', {
    p_folio: folio,
    p_secret: secret,
    p_given: true,
    p_notice_hash: notice.hash,
    p_locale: LOCALE,
    p_consented_at: serverNow().toISOString(),
  })
  await changeKept(
    convocatoria.id,
    () => secret,
    (folios) => [...folios.filter((one) => one !== folio), folio],
  )
}
