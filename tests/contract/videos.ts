/** A video as a phone sends it: its text with `apply_ops`, its bytes with tus. */
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tus from 'tus-js-client'
import type { Op } from '@/domain/ops'
import type { Notice, SubmissionRow } from '@/domain/rows'
import type { StaffItem } from '@/domain/staffRows'
import type { VideoDetails } from '@/domain/video'
import { uuidV7 } from '@/sync/uuid'
import { anonymous, apply, type Client, newSecret, openCampaign, rowOf, target } from './clients'

export const CHUNK = 6 * 1024 * 1024
export const VIDEO = 'video/mp4'

export interface SentVideo {
  id: string
  secret: string
  convocatoria: string
  media: string
  bytes: Buffer
  row: SubmissionRow
}

/** A committed clip (`tests/media/makeClips.ts`). */
export const clip = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../media/clips', name))

/** Submits the text of a video and announces its file, with `change` of the file and `poster` in base64. */
export async function announce(
  bytes: Buffer,
  change: Record<string, unknown> = {},
  poster = clip('poster.jpg').toString('base64'),
): Promise<SentVideo> {
  const client = anonymous()
  const [open, notice] = await openCampaign(client, 'videos')
  const media = randomUUID()
  const payload = {
    ...wordsOf(notice),
    poster,
    convocatoria_id: open.id,
    pillar: (open.details as VideoDetails).pillars[0]!.key,
    media: {
      id: media,
      bytes: bytes.length,
      mime: VIDEO,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      duration_ms: 16_000,
      width: 720,
      height: 1280,
      ...change,
    },
  }
  const [id, secret] = [randomUUID(), newSecret()]
  const [verdict] = await apply(client, [opOf('video.submit', id, payload, secret)])
  return { id, secret, convocatoria: open.id, media, bytes, row: rowOf(verdict) }
}

const wordsOf = (notice: Notice) => ({
  title: 'Un video de la prueba de contrato',
  summary: 'Bytes al azar detrás de un encabezado.',
  transcript: 'Nada se dice.',
  sector: null,
  municipality: null,
  display_name: null,
  email: null,
  notice_id: notice.id,
  notice_hash: notice.hash,
  locale: 'es-MX',
  consented_at: new Date().toISOString(),
  consents: notice.consents.map(({ key }) => ({ key, granted: true })),
})

const opOf = (kind: Op['kind'], entity_id: string, payload: unknown, secret?: string): Op => ({
  op_id: uuidV7(),
  v: 1,
  kind,
  entity_id,
  payload,
  captured_at: new Date().toISOString(),
  ...(secret === undefined ? {} : { secret }),
})

/** Attaches the uploaded file. */
export async function attach({ id, secret, media }: SentVideo): Promise<SubmissionRow> {
  const [verdict] = await apply(anonymous(), [opOf('video.attach', id, { media_id: media }, secret)])
  return rowOf(verdict)
}

/** The public copy of a video, of a clip that lasts as long as announced, arrives and waits to be checked. Returns its bytes. */
export async function prepare(staff: Client, { id }: SentVideo): Promise<Buffer> {
  const bytes = clip('prepared.mp4')
  const name = randomUUID()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const p_file = { id: name, bytes: bytes.length, sha256, duration_ms: 16_000, width: 320, height: 180 }
  const added = await staff.rpc('add_rendition', { p_submission: id, p_file })
  if (added.error) throw added.error
  const { data } = await staff.auth.getSession()
  await upload({ media: name, bytes }, { token: data.session!.access_token })
  const attached = await staff.rpc('attach_rendition', { p_submission: id })
  if (attached.error) throw attached.error
  return bytes
}

/** Writes captions. */
export async function caption(staff: Client, video: SentVideo, cues: object[]): Promise<void> {
  const { version } = await itemOf(staff, video)
  await applyAsStaff(staff, { ...opOf('video.caption', video.id, { cues }), expected_version: version })
}

/** Withdraws the submission. */
export async function withdraw({ id, secret }: SentVideo): Promise<void> {
  const [verdict] = await apply(anonymous(), [opOf('submission.withdraw', id, {}, secret)])
  rowOf(verdict)
}

export async function itemOf(staff: Client, { id }: SentVideo): Promise<StaffItem<'videos'>> {
  const { data, error } = await staff.rpc('review_item', { p_id: id })
  if (error) throw error
  return data as unknown as StaffItem<'videos'>
}

/** Decides on the current version. Returns the event of the decision. */
export async function decide(staff: Client, video: SentVideo, decision: string): Promise<string> {
  const { version } = await itemOf(staff, video)
  await applyAsStaff(staff, { ...opOf('review.decide', video.id, { decision }), expected_version: version })
  return (await itemOf(staff, video)).events.at(-1)!.id
}

export const undo = (staff: Client, { id }: SentVideo, event_id: string) =>
  applyAsStaff(staff, opOf('review.undo', id, { event_id }))

async function applyAsStaff(staff: Client, op: Op): Promise<void> {
  const [verdict] = await apply(staff, [op])
  if (verdict?.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
}

export const storageAt = (path: string) => `${target().url}/storage/v1${path}`
export const tusHeaders = () => ({ apikey: target().publishableKey, 'tus-resumable': '1.0.0' })

const metadataOf = (name: string, type: string) => ({
  bucketName: 'videos-intake',
  objectName: name,
  contentType: type,
  cacheControl: '3600',
})

/** Creates an upload with plain HTTP, to see its status. */
export const create = (name: string, size: number, type = VIDEO, headers: Record<string, string> = {}) =>
  fetch(storageAt('/upload/resumable'), {
    method: 'POST',
    headers: {
      ...tusHeaders(),
      'upload-length': String(size),
      'upload-metadata': Object.entries(metadataOf(name, type))
        .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
        .join(','),
      ...headers,
    },
  })

export const patch = (url: string, offset: number, bytes: Buffer) =>
  fetch(url, {
    method: 'PATCH',
    headers: {
      ...tusHeaders(),
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: new Uint8Array(bytes),
  })

/**
 * Uploads with tus-js-client to the end, or `chunks` chunks; `about` is what the uploader says of the object. Returns the upload's address and the size of each
 * chunk.
 */
export function upload(
  { media, bytes }: Pick<SentVideo, 'media' | 'bytes'>,
  {
    from,
    chunks = Infinity,
    type = VIDEO,
    about = {},
    token,
  }: { from?: string; chunks?: number; type?: string; about?: Record<string, string>; token?: string } = {},
): Promise<{ url: string; sent: number[] }> {
  return new Promise((done, failed) => {
    const sent: number[] = []
    const { apikey } = tusHeaders()
    const one = new tus.Upload(bytes, {
      endpoint: storageAt('/upload/resumable'),
      ...(from ? { uploadUrl: from } : {}),
      headers: { apikey, ...(token && { authorization: `Bearer ${token}` }) },
      chunkSize: CHUNK,
      metadata: { ...metadataOf(media, type), ...about },
      onError: failed,
      onSuccess: () => done({ url: one.url!, sent }),
      onChunkComplete: (size) => {
        sent.push(size)
        if (sent.length < chunks) return
        void one.abort()
        done({ url: one.url!, sent })
      },
    })
    one.start()
  })
}
