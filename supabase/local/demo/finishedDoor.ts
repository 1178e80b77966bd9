/** What the door of a day that is over noted beyond arrivals. */
import type { Convocatoria } from '@/domain/rows'
import type { JornadaDetails } from '@/features/jornadas/registration'
import { opOf, sharedPayload } from './campaign'
import type { Phone } from './phone'

/** What else a door notes: a departure, one person at two doors, and somebody without a registration. */
export async function keepDoor(
  phone: Phone,
  token: string,
  campaign: Parameters<typeof sharedPayload>[0],
  dayId: string,
): Promise<void> {
  const series = (await phone.pull<Convocatoria>('convocatoria')).find(({ id }) => id === campaign.id)
  const details = series?.details as unknown as JornadaDetails | undefined
  const day = details?.jornadas.find(({ id }) => id === dayId)
  const { items } = await phone.post<{ items: { id: string; class_key: string }[] }>(
    '/rest/v1/rpc/list_bodies',
    {},
  )
  const body = items.findLast(({ class_key }) => class_key === 'ayuntamiento')
  if (!day || !day.starts_at || !day.ends_at || !body) return
  const at = (from: string, minutes: number) => new Date(Date.parse(from) + minutes * 60_000).toISOString()
  const note = (key: string, kind: 'door.check_in' | 'door.check_out', when: string) => {
    const payload = { jornada_id: day.id, code: null, at: when, door: 'Puerta 2' }
    const { secret: _, ...op } = opOf(key, kind, { kind, payload })
    return op
  }
  const came = at(day.starts_at, 5)
  const { email: _, ...said } = sharedPayload(
    campaign,
    { key: 'fin:walkin', name: 'Wendy Sin Registro de Muestra', granted: () => false },
    came,
  )
  const payload = { ...said, jornada_id: day.id, body_id: body.id, at: came, door: 'Puerta 1' }
  const { secret: __, ...walkIn } = opOf('fin:walkin', 'walk-in', { kind: 'door.walk_in', payload })
  await phone.send(
    [
      note('fin0', 'door.check_in', at(day.starts_at, -20)),
      note('fin1', 'door.check_out', at(day.ends_at, -60)),
      walkIn,
    ],
    token,
  )
}
