/** What a coordinator wrote in the studio: formatted texts, and insumos that are files. */
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { CampaignDraft, NoticeSection, SectionAnswer } from '@/domain/campaignDraft'
import { FORMATTED } from '@/domain/formattedText'
import type { Notice } from '@/domain/rows'
import type { FileKind, InsumoFile } from '@/domain/insumo'
import type { InsumoItem, InsumosData } from '@/features/propuestas/staff/studio/insumos'
import { DEMO_COORDINATOR } from '../keys'
import { openCampaign } from './campaign'
import { idOf, type Phone } from './phone'
import { readEntries, readSample } from './samples'

interface FileSample {
  file: string // in the folder of samples
  kind: FileKind
  mime: string
  title: string
  summary: string
  body: string
}

const [MOST_ROUNDS, ROUND_MS] = [50, 100]
const SOURCE = 'Instituto de ejemplo. Material de muestra, hecho para esta demostración.'

const readSamples = () => readEntries<FileSample>('insumos.json')
const formatted = (file: string) => FORMATTED + String(readSample(file)).trimEnd()
const fileIdOf = ({ file }: FileSample) => idOf(`insumo-file:${file}`)

export async function writeInStudio(phone: Phone): Promise<void> {
  const token = await phone.signIn(DEMO_COORDINATOR)
  const consulta = await openCampaign(phone, 'propuestas')
  if (consulta) {
    await sendFiles(phone, token, consulta.id)
    await publish(phone, token, consulta.id, {
      textos: (texts) => ({
        ...texts,
        who_decides: formatted('texto-decide.txt'),
        what_happens_next: formatted('texto-despues.txt'),
      }),
      insumos: (data) => withSamples(data as unknown as InsumosData),
    })
    await phone.runJobs('verify-files')
  }
  const jornadas = await openCampaign(phone, 'jornadas')
  if (jornadas)
    await publish(phone, token, jornadas.id, {
      textos: (texts) => ({ ...texts, what_happens_next: formatted('texto-jornadas-despues.txt') }),
    })
  const videos = await openCampaign(phone, 'videos')
  if (videos)
    await publish(phone, token, videos.id, {
      video: (data) => ({ ...data, minors: true }),
      aviso: (data) => askingMinors(videos.notice) ?? data,
    })
}

const OF_MINORS = {
  key: 'publish_minor',
  text: 'Tengo menos de 18 años y autorizo publicar mi imagen, mi voz y los textos de mi video en la página de esta convocatoria y, si lo escribí, mi primer nombre o mi apodo.',
  required: false,
  allows: ['image_voice', 'text', 'name'],
}

/** The notice with a consent of their own for those under 18; null where it has one. */
function askingMinors({ title, simplified, full, consents }: Notice): NoticeSection | null {
  if (consents.some(({ key }) => key === OF_MINORS.key)) return null
  const until = consents.find(({ key }) => key === 'publish')?.until ?? null
  const asked = [...consents, { ...OF_MINORS, until }]
  return { notice_id: null, notice: { title, simplified, full, consents: asked } }
}

/** Announces, uploads and verifies the files. Only a verified file can be published. */
export async function sendFiles(phone: Phone, token: string, campaign: string): Promise<void> {
  for (const sample of readSamples()) {
    const bytes = readSample(sample.file)
    const { kind, mime } = sample
    const announced = {
      p_convocatoria: campaign,
      p_id: fileIdOf(sample),
      p_kind: kind,
      p_mime: mime,
      p_bytes: bytes.length,
      p_sha256: createHash('sha256').update(bytes).digest('hex'),
    }
    await phone.post('/rest/v1/rpc/add_insumo_file', announced, token)
    await phone.upload({ bucket: 'insumos-intake', name: fileIdOf(sample), bytes, mime }, token)
  }
  await untilVerified(phone, token, campaign)
}

/** A round of the server's own may be verifying a file at the same time, so this asks until each is done. */
async function untilVerified(phone: Phone, token: string, campaign: string): Promise<void> {
  for (let attempt = 1; attempt <= MOST_ROUNDS; attempt++) {
    await phone.runJobs('verify-files')
    const request = { p_convocatoria: campaign }
    const answer = await phone.post<{ items: InsumoFile[] }>('/rest/v1/rpc/insumo_files', request, token)
    if (answer.items.every(({ status }) => status !== 'waiting')) return
    await wait(ROUND_MS)
  }
  throw new Error('verify-files: waiting')
}

/** The insumos behind the files. */
export const fileItems = (): (InsumoItem & { file: string })[] =>
  readSamples().map((sample) => {
    const { kind, title, summary, body } = sample
    const id = idOf(`insumo:${sample.file}`)
    return { id, kind, title, summary, body, file: fileIdOf(sample), source: SOURCE, licence: 'cc0-1.0' }
  })

/** The documents, formatted where a sample says so, and the files behind them. */
function withSamples(data: InsumosData): InsumosData {
  const files = fileItems()
  if (data.items.some(({ file }) => file === files[0]!.file)) return data
  const pages = data.items.map((item) => {
    const key = FORMATTED_PAGES.find((end) => item.id.endsWith(end))
    return key ? { ...item, body: formatted(`insumo-${key}.txt`) } : item
  })
  return { items: [...pages, ...files] }
}

/** The ends of the ids of the seed's documents that a sample formats. */
const FORMATTED_PAGES = ['b1', 'b4']

type Data = SectionAnswer['data']

/** Saves what `edits` make of these sections and publishes it. Does nothing where that is public already. */
async function publish(
  phone: Phone,
  token: string,
  id: string,
  edits: Record<string, (data: Data) => object>,
): Promise<void> {
  const draft = await phone.post<CampaignDraft>('/rest/v1/rpc/convocatoria_draft', { p_id: id }, token)
  let revision = draft.revision
  for (const { section, data, version } of draft.sections) {
    const edited = edits[section]?.(data)
    if (!edited || JSON.stringify(edited) === JSON.stringify(data)) continue
    const request = { p_id: id, p_section: section, p_expected_version: version, p_data: edited }
    ;({ revision } = await phone.post<{ revision: number }>('/rest/v1/rpc/save_section', request, token))
  }
  const changed = revision !== draft.revision || draft.sections.some(({ pending }) => pending)
  if (changed)
    await phone.post('/rest/v1/rpc/publish_convocatoria', { p_id: id, p_revision: revision }, token)
}
