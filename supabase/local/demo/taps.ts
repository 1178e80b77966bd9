/** What phones answer to «¿Ayuda?» by one tap, without a proposal: some of the actions each, in one op. */
import { HELPS } from '@/domain/propuesta'
import type { Convocatoria, Notice } from '@/domain/rows'
import { CONSENT } from '@/features/propuestas/taps/consent'
import { opOf } from './campaign'
import type { Phone } from './phone'

const PHONES = 48
/** How often each answer is given, by its place in HELPS. */
const MIX = [0, 0, 1, 0, 2, 1, 0, 2]

/** Sends the answers of these phones. Sent again, they change nothing. */
export async function sendTaps(phone: Phone, { id, parts }: Convocatoria, { hash }: Notice): Promise<void> {
  const actions = parts.filter(({ kind }) => kind === 'action')
  const consented_at = new Date().toISOString()
  const ops = Array.from({ length: PHONES }, (_, place) => {
    const answered = actions.filter((_action, at) => (at + place) % 3 !== 0)
    const unlinked = Object.fromEntries(
      answered.map((action, at) => [action.id, HELPS[MIX[(place + 3 * at) % MIX.length]!]]),
    )
    const payload = {
      convocatoria_id: id,
      notice_hash: hash,
      locale: 'es-MX',
      consented_at,
      consent: CONSENT,
      unlinked,
    }
    return opOf(`taps:${id}:${place}`, 'answer', { kind: 'tap.answer', payload })
  })
  await phone.send(ops)
}
