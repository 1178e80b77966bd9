/** Two days of the demonstration that the institution changed: one moved, one called off, whose people take others. */
import { localDay } from '@/domain/centralTime'
import type { Jornada } from '@/features/jornadas/registration'
import { DEMO_COORDINATOR } from '../keys'
import { opOf } from './campaign'
import { idOf, type NewOp, type Phone } from './phone'
import type { Registration } from './registrations'

/** The days of the group, by position from 1. */
const [MOVED, OFFERED_INSTEAD, CALLED_OFF] = [3, 4, 5]
/** How far the moved day goes, in milliseconds: three days later, from the morning to the afternoon. */
const LATER = (3 * 24 + 6) * 3_600_000

/** `days`: of one group. `people`: those who gave back no day. */
export async function announceChanges(phone: Phone, days: Jornada[], people: Registration[]): Promise<void> {
  const at = (wanted: number) => days.find(({ position }) => position === wanted)
  const [moved, instead, calledOff] = [at(MOVED), at(OFFERED_INSTEAD), at(CALLED_OFF)]
  if (!moved?.starts_at || !moved.ends_at || !instead || !calledOff) return
  const token = await phone.signIn(DEMO_COORDINATOR)
  const later = (instant: string) => new Date(Date.parse(instant) + LATER).toISOString()
  const starts_at = later(moved.starts_at)
  await phone.send(
    [
      changeOf(moved, {
        on_day: localDay(starts_at),
        starts_at,
        ends_at: later(moved.ends_at),
        place: 'Casa de cultura de ejemplo, Metepec (lugar de muestra)',
        accessibility:
          'Entrada sin escalones y baño accesible en la planta baja. Hay lugar para perros guía.',
        reason: 'La sala de ejemplo estará en obras ese día. Motivo de muestra.',
      }),
      changeOf(calledOff, {
        cancelled: true,
        reason: 'La persona ponente de ejemplo no puede asistir y no hay otra fecha. Motivo de muestra.',
      }),
    ],
    token,
  )
  const takers = people.filter((one) => one.days.includes(calledOff.id) && !one.days.includes(instead.id))
  await phone.send(
    takers
      .filter(({ key }) => idOf(`moves:${key}`) < '8')
      .map(({ key }) =>
        opOf(key, 'move', {
          kind: 'registration.move_day',
          payload: { jornada_id: calledOff.id, to: instead.id },
        }),
      ),
  )
}

/** An announced change of a day that nobody changed before. What `change` does not name stays. */
function changeOf(day: Jornada, change: object): NewOp {
  const { on_day, starts_at, ends_at, place, modality, capacity } = day
  const { secret: _, ...op } = opOf(day.id, 'change', {
    kind: 'jornada.reschedule',
    v: 2,
    entity_id: day.id,
    expected_version: 0,
    payload: { on_day, starts_at, ends_at, place, modality, capacity, ...change },
  })
  return op
}
