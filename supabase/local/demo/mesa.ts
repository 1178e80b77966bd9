/**
 * The mesa of the consultation that is over: a day of its own with two people, one of whom came; agenda, findings and recording; and
 * its acta, open to comments, with two that are public and one that waits for the desk.
 */
import { localDay } from '@/domain/centralTime'
import type { Convocatoria, Notice } from '@/domain/rows'
import type { ActaDesk } from '@/features/propuestas/acta'
import { CONSENT } from '@/features/propuestas/mesa/consent'
import type { MesaDesk } from '@/features/propuestas/mesa'
import { withClient } from '../database'
import { inDays, type Proposal } from './analysis'
import { openCampaign, opOf, sharedPayload } from './campaign'
import { idOf, type Phone, secretOf } from './phone'
import { readEntries } from './samples'
import { type Data, INTO_THE_PAST, publishSeries } from './series'

const HOUR = 3_600_000
/** How long ago the mesa was. */
const DAYS_AGO = 6
const SERIES = idOf('mesa')
const DAY = idOf('mesa:day')
const GROUP = idOf('mesa:group')
/** Who registered. The first one came. */
const PEOPLE = [
  { key: 'mesa0', name: 'Amalia Ejemplo de Muestra' },
  { key: 'mesa1', name: 'Benito Ejemplo de Muestra' },
]

/** Does what is missing of it, as this member of staff. */
export async function sendMesa(
  phone: Phone,
  databaseUrl: string,
  token: string,
  campaign: Convocatoria,
): Promise<void> {
  const rpc = <T>(name: string, body: object) => phone.post<T>(`/rest/v1/rpc/${name}`, body, token)
  const desk = await rpc<MesaDesk>('mesa_desk', { p_id: campaign.id })
  if (desk.published_at) return
  await meet(phone, databaseUrl, token)
  const { version } = await rpc<MesaDesk>('save_mesa', {
    p_id: campaign.id,
    p_version: desk.version,
    p_data: dataOfMesa(desk),
  })
  await rpc('publish_mesa', { p_id: campaign.id, p_version: version })
  const saved = await rpc<ActaDesk>('save_acta', { p_id: campaign.id, p_version: 0, p_body: ACTA })
  await rpc('open_acta', { p_id: campaign.id, p_version: saved.version, p_until: inDays(10) })
  await sendComments(phone, campaign)
  const { comments } = await rpc<ActaDesk>('acta_desk', { p_id: campaign.id })
  for (const { id, version: p_version, body } of comments)
    if (body !== COMMENTS[2])
      await rpc('settle_comment', { p_comment: id, p_version, p_published: true, p_reason: null })
}

/** The series with its one day, its registrations and the arrival of the first person. */
async function meet(phone: Phone, databaseUrl: string, token: string): Promise<void> {
  const like = await openCampaign(phone, 'jornadas')
  const known = (await phone.pull<Convocatoria>('convocatoria')).some(({ id }) => id === SERIES)
  if (!like || known) return
  await publishSeries(phone, token, { id: SERIES, like: like.id, dataOf: dataOfSeries })
  const { items } = await phone.post<{ items: { id: string; class_key: string }[] }>(
    '/rest/v1/rpc/list_bodies',
    {},
  )
  const body = items.find(({ class_key }) => class_key === 'ayuntamiento')
  const at = new Date().toISOString()
  const registrations = PEOPLE.map((one) => {
    const payload = {
      ...sharedPayload({ ...like, id: SERIES }, { ...one, granted: () => false }, at),
      body_id: body!.id,
      jornada_ids: [DAY],
      post: 'Titular de la Unidad de Transparencia',
      accessibility: null,
    }
    return opOf(one.key, 'submit', { kind: 'registration.submit', payload })
  })
  await phone.send(registrations)
  const payload = { jornada_id: DAY, code: null, at }
  const { secret: _, ...arrival } = opOf(PEOPLE[0]!.key, 'arrival', { kind: 'door.check_in', payload })
  await phone.send([arrival], token)
  await withClient(databaseUrl, (client) => client.query(INTO_THE_PAST, [SERIES, DAYS_AGO]))
}

function dataOfSeries(section: string, data: Data): object {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()
  if (section === 'textos')
    return {
      ...data,
      title: 'Mesa de resultados de la consulta (concluida, de muestra)',
      slug: 'mesa-de-resultados',
      summary: 'Una reunión de muestra, ya concluida, sobre los resultados de una consulta.',
      label: 'Demostración: texto sin validez',
      what_happens_next: 'El acta y la grabación están en la página de la mesa.',
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
    return { groups: [{ id: GROUP, name: 'Participantes', classes: ['ayuntamiento'] }] }
  if (section === 'jornadas') return { days: [dayOf(at(1), at(3))] }
  if (section === 'encuesta') return { questions: [] }
  return section === 'constancia' ? { rule: '', hours: null } : data
}

const dayOf = (starts_at: string, ends_at: string) => ({
  id: DAY,
  group_id: GROUP,
  title: 'Mesa de resultados',
  speaker: 'Persona moderadora de muestra',
  speaker_post: null,
  on_day: localDay(starts_at),
  starts_at,
  ends_at,
  place: 'Biblioteca de ejemplo, Toluca (lugar de muestra)',
  address: null,
  accessibility: 'Entrada sin escalones.',
  link: null,
  modality: 'presencial',
  capacity: 40,
})

/** Title, expected minute, and minute of the recording. */
const AGENDA: [string, number, number][] = [
  ['Bienvenida y cómo se leyeron las propuestas', 0, 1],
  ['Qué dijeron las propuestas', 15, 14],
  ['Preguntas y acuerdos', 60, 58],
]

const dataOfMesa = ({ findings }: MesaDesk) => ({
  meeting_id: SERIES,
  title: 'Mesa de resultados',
  lead: 'Contamos qué dijeron las propuestas y escuchamos qué falta. Texto de muestra.',
  agenda: AGENDA.map(([title, minute, at], place) => ({
    id: idOf(`mesa:point:${place}`),
    title,
    minute,
    at,
  })),
  findings: findings.slice(0, 3).map(({ id }) => id),
  recording: 'https://demo.example/mesa-de-resultados',
  recording_insumo: null,
})

const ACTA = `Acta de muestra, sin validez.

Asistieron personas de ayuntamientos y de la sociedad civil. Se presentaron los hallazgos y las respuestas.

Acuerdo: el Instituto publica cada tres meses cómo va cada acción.`

const COMMENTS = [
  'Faltó anotar que se pidió repetir la mesa en sábado. Comentario de muestra.',
  'Leí el acta porque no pude ir: el acuerdo de cada tres meses responde lo que propuse. Comentario de muestra.',
  'También se habló de la lengua mazahua. Comentario de muestra.',
]

/** Of who came, of an author, and of who registered. */
async function sendComments(phone: Phone, { id, notice_id }: Convocatoria): Promise<void> {
  const notice = (await phone.pull<Notice>('notice')).find((one) => one.id === notice_id)
  const author = readEntries<Proposal>('respondidas.json')[0]!.key
  const ops = [PEOPLE[0]!.key, author, PEOPLE[1]!.key].map((key, place) => {
    const payload = {
      convocatoria_id: id,
      submission_id: idOf(key),
      body: COMMENTS[place],
      consent: CONSENT,
      notice_hash: notice?.hash,
      locale: 'es-MX',
      consented_at: new Date().toISOString(),
    }
    const entity_id = idOf(`comment:${key}`)
    return opOf(key, 'comment', { kind: 'mesa.comment', payload, entity_id, secret: secretOf(key) })
  })
  await phone.send(ops)
}
