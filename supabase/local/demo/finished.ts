/**
 * A short series of jornadas that is over, with its constancias and survey, through the functions of phones and staff. Its
 * days begin while the door is open; the calendar is moved into the past afterwards, as demoCalendar.sql moves the others.
 */
import type { Convocatoria } from '@/domain/rows'
import type { ConstanciaFigures } from '@/features/jornadas/constancia'
import type { SujetoObligado } from '@/features/jornadas/registration'
import { localDay } from '@/domain/centralTime'
import { withClient } from '../database'
import { DEMO_COORDINATOR } from '../keys'
import { openCampaign, opOf, sharedPayload } from './campaign'
import { keepDoor } from './finishedDoor'
import { idOf, type NewOp, type Phone } from './phone'
import { readSample } from './samples'
import { type Data, INTO_THE_PAST, publishSeries } from './series'
import { answerSurvey, surveyQuestions } from './survey'

/** How far the calendar is moved. */
const DAYS_AGO = 8
const HOUR = 3_600_000
const CAMPAIGN = idOf('finished')
const GROUP = idOf('finished:group')
/** When each day begins, in hours from now. The door opens six hours before. */
const BEGINS = [1, 4]
const DAY_IDS = BEGINS.map((_, place) => idOf(`finished:day:${place}`))
/** Which days each person attends, by place. */
const ATTENDS = [[0, 1], [0], [0, 1], [1], [0, 1], [0], []]
/** Of these people, one got a constancia with a wrong name, and one that was revoked. */
const [MISSPELT, REVOKED] = [2, 5]

type Campaign = Parameters<typeof sharedPayload>[0]
type Body = Pick<SujetoObligado, 'id' | 'class_key'>

/** Does what is missing of it: the series, its people, its constancias. */
export async function sendFinished(phone: Phone, databaseUrl: string): Promise<void> {
  const like = await openCampaign(phone, 'jornadas')
  if (!like) return
  const token = await phone.signIn(DEMO_COORDINATOR)
  const known = (await phone.pull<Convocatoria>('convocatoria')).find(({ id }) => id === CAMPAIGN)
  if (!known) await publishSeries(phone, token, { id: CAMPAIGN, like: like.id, dataOf })
  if (!known || Date.parse(known.closes_at) > Date.now()) {
    await fill(phone, token, { ...like, id: CAMPAIGN })
    await withClient(databaseUrl, (client) => client.query(INTO_THE_PAST, [CAMPAIGN, DAYS_AGO]))
    await keepDoor(phone, token, { ...like, id: CAMPAIGN }, DAY_IDS[0]!)
  }
  await answerSurvey(phone, ATTENDS, DAY_IDS)
  const { items } = await phone.post<{ items: ConstanciaFigures[] }>(
    '/rest/v1/rpc/constancia_figures',
    {},
    token,
  )
  const ended = items.find(({ convocatoria_id }) => convocatoria_id === CAMPAIGN)?.ended ?? 0
  if (ended < 2) await issue(phone, token)
  await phone.runJobs('sign')
}

/** People of ayuntamientos, and the days to which each came. */
async function fill(phone: Phone, token: string, campaign: Campaign): Promise<void> {
  const { items } = await phone.post<{ items: Body[] }>('/rest/v1/rpc/list_bodies', {})
  const bodies = items.filter(({ class_key }) => class_key === 'ayuntamiento')
  const people = ATTENDS.map((days, index) => ({
    key: `fin${index}`,
    days,
    body: bodies[index * 3]!.id,
    index,
  }))
  await phone.send(people.map((one) => submitOf(campaign, one)))
  await phone.send(
    people.flatMap((one) => one.days.map((day) => arrivalOf(one.key, DAY_IDS[day]!))),
    token,
  )
}

/** The group, days, dates and words of its own. */
function dataOf(section: string, data: Data): object {
  const now = Date.now()
  const at = (hours: number) => new Date(now + hours * HOUR).toISOString()
  if (section === 'textos')
    return {
      ...data,
      title: 'Taller de datos abiertos (concluido, de muestra)',
      slug: 'taller-datos-abiertos',
      summary: 'Dos sesiones de muestra, ya concluidas, con constancia de asistencia.',
      label: 'Demostración: texto sin validez',
      what_happens_next: 'Su constancia está en la página de su inscripción.',
      source: null,
    }
  if (section === 'fechas')
    return {
      ...data,
      opens_at: at(-24),
      closes_at: at(12),
      inputs_on: null,
      results_on: null,
      answer_by: localDay(at(72)),
      milestones: [],
    }
  if (section === 'grupos')
    return { groups: [{ id: GROUP, name: 'Ayuntamientos', classes: ['ayuntamiento'] }] }
  if (section === 'jornadas')
    return { days: BEGINS.map((hours, place) => dayOf(place, at(hours), at(hours + 2))) }
  if (section === 'encuesta') return { questions: surveyQuestions() }
  return section === 'constancia' ? { rule: 'day', hours: null } : data
}

const dayOf = (place: number, starts_at: string, ends_at: string) => ({
  id: DAY_IDS[place],
  group_id: GROUP,
  title: place === 0 ? 'Primera sesión' : 'Segunda sesión',
  speaker: 'Persona ponente de muestra',
  speaker_post: null,
  on_day: localDay(starts_at),
  starts_at,
  ends_at,
  place: 'Sala de ejemplo, Toluca (lugar de muestra)',
  address: null,
  accessibility: 'Entrada sin escalones.',
  link: null,
  modality: 'presencial',
  capacity: 40,
})

interface Person {
  key: string
  days: number[]
  body: string
  index: number
}

function submitOf(campaign: Campaign, { key, body, index }: Person): NewOp {
  const { first_names, surnames } = JSON.parse(String(readSample('registrations.json'))) as Record<
    'first_names' | 'surnames',
    string[]
  >
  const at = new Date().toISOString()
  const name = `${first_names[index]!} ${surnames[index % surnames.length]!} ${surnames[(index + 3) % surnames.length]!}`
  const payload = {
    ...sharedPayload(campaign, { key, name, granted: () => false }, at),
    body_id: body,
    jornada_ids: DAY_IDS,
    post: 'Titular de la Unidad de Transparencia',
    accessibility: null,
  }
  return opOf(key, 'submit', { kind: 'registration.submit', payload })
}

function arrivalOf(key: string, jornada_id: string): NewOp {
  const payload = { jornada_id, code: null, at: new Date().toISOString() }
  const { secret: _, ...op } = opOf(key, `arrival:${jornada_id}`, { kind: 'door.check_in', payload })
  return op
}

/** In bulk; then a name is corrected and its constancia issued again, and another one is revoked. */
async function issue(phone: Phone, token: string): Promise<void> {
  const issueAll = () => phone.post('/rest/v1/rpc/issue_constancias', { p_convocatoria: CAMPAIGN }, token)
  await issueAll()
  const act = async (index: number, kind: string, payload: object) => {
    const request = { p_id: idOf(`fin${index}`) }
    const { version } = await phone.post<{ version: number }>('/rest/v1/rpc/review_item', request, token)
    const { secret: _, ...op } = opOf(`fin${index}`, kind, { kind, payload, expected_version: version })
    await phone.send([op], token)
  }
  await act(MISSPELT, 'registration.amend', {
    display_name: 'Renata Ejemplo de Muestra',
    reason: 'El nombre tenía una errata. Motivo de muestra.',
  })
  await issueAll()
  await act(REVOKED, 'constancia.revoke', {
    reason: 'La asistencia se anotó a otra persona. Motivo de muestra.',
  })
}
