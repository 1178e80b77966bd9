/** Fixtures of the video tests: submissions of phones, bytes as the storage API writes them, and media jobs. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { SubmissionRow } from '@/domain/rows'
import type { VideoSubmission } from '@/domain/video'
import { type Actor, anon, asActor, callAs, service, type TestDatabase } from '../support/database'
import { applyOne, decide, moderator, newSecret, op } from './fixtures'

export const VIDEOS = '00000000-0000-4000-8000-0000000000c2'
export const VIDEO_NOTICE = '00000000-0000-4000-8000-0000000000a5'
export const POSTER = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(200)]).toString('base64')
export const CONSENTS = ['own_work', 'people_agree', 'licence', 'publish'].map((key) => ({
  key,
  granted: true,
}))

/** A change of a payload; `media` is merged into the file. */
export type Change = Omit<Partial<VideoSubmission>, 'media'> & { media?: Partial<VideoSubmission['media']> }

export async function video(db: TestDatabase, change: Change = {}): Promise<VideoSubmission> {
  const { rows } = await db.pool.query<{ hash: string }>('select hash from app.notices where id = $1', [
    VIDEO_NOTICE,
  ])
  return {
    convocatoria_id: VIDEOS,
    pillar: 'transparencia',
    title: 'El mapa de baches que sí se atendió',
    summary: 'Cómo una lista pública cambió nuestra calle.',
    transcript: 'Hola. En mi colonia…',
    poster: POSTER,
    sector: 'sociedad_civil',
    municipality: '15106',
    display_name: null,
    email: null,
    notice_id: VIDEO_NOTICE,
    notice_hash: rows[0]!.hash,
    locale: 'es-MX',
    consented_at: '2026-01-01T10:00:00-06:00',
    consents: CONSENTS,
    ...change,
    media: {
      id: randomUUID(),
      bytes: 5_000_000,
      mime: 'video/mp4',
      sha256: randomBytes(32).toString('hex'),
      duration_ms: 60_000,
      width: 720,
      height: 1280,
      ...change.media,
    },
  }
}

export interface SentVideo {
  id: string
  secret: string
  row: SubmissionRow<'videos'>
  media: VideoSubmission['media']
}

/** Submits a video without its bytes. */
export async function submitVideo(db: TestDatabase, change: Change = {}): Promise<SentVideo> {
  const id = randomUUID()
  const secret = newSecret()
  const payload = await video(db, change)
  const verdict = await applyOne(db, anon, op('video.submit', id, payload, { secret }))
  if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
  return { id, secret, row: verdict.row as SentVideo['row'], media: payload.media }
}

export interface Upload {
  name: string
  bytes: number | null
  mime: string | null
  operation?: string
  bucket?: string
  /** What else the uploader says of the object. */
  extra?: Record<string, string>
}

const INSERT = `insert into storage.objects (bucket_id, name, version, metadata) values ($1, $2, $3, $4)`
const metadata = ({ bytes, mime, extra }: Upload) => ({
  ...extra,
  ...(bytes !== null && { contentLength: bytes, size: bytes }),
  ...(mime !== null && { mimetype: mime }),
})

/** Asks the upload policy as the storage API does for the caller, at the creation and at each chunk. */
export const askPolicy = (db: TestDatabase, actor: Actor, upload: Upload) =>
  asActor(db, actor, async (client) => {
    await client.query(`select set_config('storage.operation', $1, true)`, [
      upload.operation ?? 'storage.tus.upload.create',
    ])
    await client.query('savepoint asked')
    await client.query(INSERT, [
      upload.bucket ?? 'videos-intake',
      upload.name,
      randomUUID(),
      metadata(upload),
    ])
    await client.query('rollback to asked')
  })

/**
 * The last step of an upload, as the storage API does it with the service role: a second upload replaces the
 * first.
 */
export const finishUpload = (db: TestDatabase, upload: Upload) =>
  asActor(db, service, (client) =>
    client.query(
      `${INSERT} on conflict (bucket_id, name) do update set version = excluded.version, metadata = excluded.metadata`,
      [upload.bucket ?? 'videos-intake', upload.name, randomUUID(), metadata(upload)],
    ),
  )

export const fileOf = ({ media }: Pick<SentVideo, 'media'>): Upload => ({
  name: media.id,
  bytes: media.bytes,
  mime: media.mime,
})

export const attachOp = (sent: SentVideo) =>
  op('video.attach', sent.id, { media_id: sent.media.id }, { secret: sent.secret })

/** Submits a video with its bytes, attached by its phone. */
export async function arrive(db: TestDatabase, change: Change = {}): Promise<SentVideo> {
  const sent = await submitVideo(db, change)
  await askPolicy(db, anon, fileOf(sent))
  await finishUpload(db, fileOf(sent))
  const verdict = await applyOne(db, anon, attachOp(sent))
  if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
  return sent
}

export interface MediaJob {
  id: number
  kind: string
  media_id: string
  bucket: string
  object: string
  public_object: string
  mime: string
  poster: string | null
  former: string | null
  rendition: string | null
}

export const takeJobs = (db: TestDatabase, limit = 20) =>
  callAs(db, service, 'take_media_jobs', { p_limit: limit }) as Promise<MediaJob[]>

export const settle = (db: TestDatabase, id: number, result: unknown = null, error: string | null = null) =>
  callAs(db, service, 'settle_media_job', { p_id: id, p_result: result, p_error: error })

/** What a function finds in a file that says nothing besides picture and sound. */
export const foundIn = ({ bytes, sha256, mime }: Pick<SentVideo['media'], 'bytes' | 'sha256' | 'mime'>) => ({
  bytes,
  sha256,
  mime,
  tells: [] as string[],
  picture: 'avc',
  sound: 'aac',
})

/** What it finds in a public copy besides. */
export const COPY_FACTS = { lines: 720, index_first: true }

/** What is announced of the public copy of a video. */
export const copyOf = ({ media }: Pick<SentVideo, 'media'>, change: object = {}) => ({
  id: randomUUID() as string,
  bytes: 2_000_000,
  sha256: randomBytes(32).toString('hex'),
  duration_ms: media.duration_ms,
  width: 720,
  height: 1280,
  ...change,
})

/** A video gets captions, as if staff had made them. */
export const captionVideo = (db: TestDatabase, { id }: Pick<SentVideo, 'id'>) =>
  db.pool.query(
    `update app.videos set captions = '[{"at": 0, "to": 900, "text": "Hola."}]', captions_of = md5(transcript)
     where submission_id = $1 and captions is null and not voiceless`,
    [id],
  )

/** A video gets captions, and its public copy arrives and is checked. Returns what was announced of it. */
export async function prepareVideo(db: TestDatabase, sent: SentVideo, actor: Actor = moderator) {
  await captionVideo(db, sent)
  const file = copyOf(sent)
  await callAs(db, actor, 'add_rendition', { p_submission: sent.id, p_file: file })
  await finishUpload(db, { name: file.id, bytes: file.bytes, mime: 'video/mp4' })
  await callAs(db, actor, 'attach_rendition', { p_submission: sent.id })
  await runJobs(db)
  return file
}

/** Runs every due job; a verification finds the claimed bytes. Returns their kinds. */
export async function runJobs(db: TestDatabase): Promise<string[]> {
  const kinds: string[] = []
  for (let jobs = await takeJobs(db); jobs.length > 0; jobs = await takeJobs(db)) {
    for (const job of jobs) {
      const { rows } = await db.pool.query(
        job.kind === 'check'
          ? `select bytes::int, sha256, duration_ms, 'video/mp4' as mime from app.renditions where media_id = $1`
          : 'select bytes::int, sha256, duration_ms, mime from app.media_uploads where id = $1',
        [job.media_id],
      )
      const looks = job.kind === 'verify' || job.kind === 'check'
      await settle(
        db,
        job.id,
        looks ? { ...foundIn(rows[0]), ...COPY_FACTS, duration_ms: rows[0].duration_ms } : null,
      )
      kinds.push(job.kind)
    }
  }
  return kinds
}

/** A verified, accepted and published video with its public copy. */
export async function publishVideo(db: TestDatabase, change: Change = {}): Promise<SentVideo> {
  const sent = await arrive(db, change)
  await runJobs(db)
  await decide(db, moderator, sent.id, 'accept')
  await prepareVideo(db, sent)
  await decide(db, moderator, sent.id, 'publish')
  await runJobs(db)
  return sent
}

export interface Media {
  status: string
  version: string | null
  found: Record<string, unknown> | null
  poster: Buffer | null
  public_id: string
  public_ready: boolean
}

export async function mediaOf(db: TestDatabase, { media }: { media: { id: string } }): Promise<Media> {
  const { rows } = await db.pool.query<Media>('select * from app.media_uploads where id = $1', [media.id])
  return rows[0]!
}
