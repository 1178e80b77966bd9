/**
 * A call for videos that is over, with its blind jury, its selection and a recognition, through the functions of phones and staff. It
 * is open while people send; its calendar is moved into the past afterwards.
 */
import { localDay } from '@/domain/centralTime'
import type { Convocatoria } from '@/domain/rows'
import type { JuryLine, SelectionDesk } from '@/features/videos/jury'
import { withClient } from '../database'
import { DEMO_COORDINATOR, DEMO_JURORS } from '../keys'
import { decideAll, openCampaign, opOf, type Row } from './campaign'
import { makeJurors } from './jurors'
import { idOf, type Phone } from './phone'
import { readEntries } from './samples'
import { type Data, INTO_THE_PAST, publishSeries } from './series'
import { preparePublic, sendEntries, type Video } from './videos'

const CAMPAIGN = idOf('selected')
const HOUR = 3_600_000
const DAYS_AGO = 20
const RUBRIC = [
  { title: 'Relación con el pilar', hint: 'Trata de un pilar y dice por qué importa.' },
  { title: 'Claridad', hint: 'Se entiende y se oye sin conocer el tema.' },
  { title: 'Experiencia propia', hint: 'Cuenta algo que le pasó a alguien.' },
  { title: 'Útil para difundir', hint: 'Sirve para invitar a otras personas.' },
]
/** The mark of each juror for every criterion of each video. Of the third any two differ, so that a third juror marks it. */
const MARKS = [
  [5, 5, 5],
  [4, 4, 4],
  [5, 3, 1],
  [3, 3, 3],
]
const CHOSEN = 2

/** Does what is missing of it. */
export async function sendSelected(phone: Phone, databaseUrl: string): Promise<void> {
  const like = await openCampaign(phone, 'videos')
  if (!like) return
  const known = (await phone.pull<Convocatoria>('convocatoria')).find(({ id }) => id === CAMPAIGN)
  if (known && Date.parse(known.closes_at) < Date.now()) return
  const token = await phone.signIn(DEMO_COORDINATOR)
  if (!known) await publishSeries(phone, token, { id: CAMPAIGN, kind: 'videos', like: like.id, dataOf })
  await makeJurors(databaseUrl)
  const entries = readEntries<Video>('videos.json')
    .slice(0, MARKS.length)
    .map((entry): Video => ({
      ...entry,
      key: entry.key.replace('v', 'sel'),
      clip: entry.key,
      steps: [{ decision: 'accept' }],
    }))
  const now = new Date().toISOString()
  const rows = await sendEntries(
    phone,
    { ...like, id: CAMPAIGN },
    entries,
    entries.map(() => now),
  )
  await preparePublic(phone, entries.slice(0, CHOSEN), rows)
  await decideAll(phone, entries, rows, () => ({ kind: 'video.correct', payload: {} }))
  await select(
    phone,
    token,
    entries.map(({ key }) => rows.get(key)!.folio),
  )
  await publish(phone, token, entries.slice(0, CHOSEN), rows)
  await withClient(databaseUrl, (client) => client.query(INTO_THE_PAST, [CAMPAIGN, DAYS_AGO]))
  await phone.runJobs('verify-media')
  await phone.runJobs('sign')
}

/** Texts, dates and rubric of its own. */
function dataOf(section: string, data: Data): object {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()
  if (section === 'textos')
    return {
      ...data,
      title: 'Videos del año pasado (selección concluida, de muestra)',
      slug: 'videos-del-ano-pasado',
      summary: 'Una convocatoria de muestra que ya cerró: su jurado calificó a ciegas y eligió los videos.',
      label: 'Demostración: texto sin validez',
      source: null,
    }
  if (section === 'fechas')
    return {
      ...data,
      opens_at: at(-48),
      closes_at: at(12),
      inputs_on: null,
      results_on: null,
      answer_by: localDay(at(96)),
      milestones: [],
    }
  return section === 'video' ? { ...data, selection_on: null, rubric: RUBRIC, jury_gap: 25 } : data
}

/** Opens the selection, has every juror mark what is dealt to them, and closes it with the first of the ranking. */
async function select(phone: Phone, token: string, folios: string[]): Promise<void> {
  const call = async (name: string, args: object = {}) =>
    phone.post<SelectionDesk>(`/rest/v1/rpc/${name}`, { p_id: CAMPAIGN, ...args }, token)
  let desk = await call('selection_desk')
  if (desk.version === 0) desk = await call('open_selection', { p_version: 0 })
  await markAll(phone, folios)
  await markAll(phone, folios) // what third jurors were dealt meanwhile
  desk = await call('selection_desk')
  if (desk.closed_at) return
  const p_chosen = desk.videos.filter(({ place }) => place !== null && place <= CHOSEN).map(({ id }) => id)
  await call('close_selection', { p_version: desk.version, p_chosen })
}

/** What each juror has to mark now. */
async function markAll(phone: Phone, folios: string[]): Promise<void> {
  for (const [place, login] of DEMO_JURORS.entries()) {
    const token = await phone.signIn(login)
    const { items } = await phone.post<{ items: JuryLine[] }>('/rest/v1/rpc/jury_desk', {}, token)
    const due = items.filter(({ marked }) => !marked)
    await phone.send(
      due.map(({ id, folio }) => {
        const mark = MARKS[folios.indexOf(folio)]![place]!
        const payload = {
          marks: RUBRIC.map(() => mark),
          reason: 'Cuenta un caso completo. Razón de muestra.',
        }
        const { secret: _, ...op } = opOf(`jury:${id}`, 'mark', { kind: 'jury.mark', payload, entity_id: id })
        return op
      }),
      token,
    )
  }
}

/** Publishes what was chosen, and recognises a group that spread one of them. */
async function publish(
  phone: Phone,
  token: string,
  entries: Video[],
  rows: ReadonlyMap<string, Row>,
): Promise<void> {
  for (const { key } of entries) {
    const { version } = await phone.post<Row>('/rest/v1/rpc/review_item', { p_id: idOf(key) }, token)
    const payload = { decision: 'publish' }
    const { secret: _, ...op } = opOf(key, 'publish', {
      kind: 'review.decide',
      payload,
      expected_version: version,
    })
    await phone.send([op], token)
  }
  const p_data = {
    id: idOf('selected:recognition'),
    holder: 'body',
    name: 'Radio comunitaria de muestra',
    work: `Difundir en su programa el video ${rows.get(entries[0]!.key)!.folio}`,
    links: ['https://radio.demo.example/programa-de-muestra'],
  }
  await phone.post('/rest/v1/rpc/grant_recognition', { p_id: CAMPAIGN, p_data }, token)
  await spread(phone, token, entries)
}

/** Notes where else the published ones are. The author of the last withdraws it: its copy there is a task of staff. */
async function spread(phone: Phone, token: string, entries: Video[]): Promise<void> {
  for (const { key } of entries) {
    const p_copy = {
      id: idOf(`elsewhere:${key}`),
      place: 'Canal de videos del instituto (muestra)',
      url: `https://videos.demo.example/${key}`,
    }
    await phone.post('/rest/v1/rpc/note_external_copy', { p_submission: idOf(key), p_copy }, token)
  }
  await phone.send([opOf(entries.at(-1)!.key, 'withdraw', { kind: 'submission.withdraw', payload: {} })])
}
