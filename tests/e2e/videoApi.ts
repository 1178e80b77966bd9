/** Videos sent through the API as another phone would, to create the data that a spec begins with. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Op } from '@/domain/ops'
import type { SubmissionRow } from '@/domain/rows'
import type { StaffItem } from '@/domain/staffRows'
import type { VideoSubmission } from '@/domain/video'
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { TEST_KEYS } from '../support/keys'
import { callApi, sendOp, signInByApi } from './api'
import type { Clip } from './clips'
import type { VideoCampaign } from './videoSteps'

export interface SentVideo {
  id: string
  folio: string
  secret: string
  title: string
  /** The object's name in the intake bucket. */
  media: string
  /** The path of the private link. */
  path: string
}

const validVideo = (campaign: VideoCampaign, clip: Clip, title: string): VideoSubmission => ({
  convocatoria_id: campaign.id,
  pillar: campaign.pillar.key,
  title,
  summary: 'Por qué conviene preguntar antes de decidir.',
  transcript: 'Buenas tardes, les cuento de mi colonia.',
  poster: clip.poster,
  media: {
    id: randomUUID(),
    bytes: clip.bytes,
    mime: clip.path.endsWith('.webm') ? 'video/webm' : 'video/mp4',
    sha256: clip.sha256,
    duration_ms: 16_000,
    width: 320,
    height: 240,
  },
  sector: null,
  municipality: null,
  display_name: null,
  email: null,
  notice_id: campaign.notice_id,
  notice_hash: campaign.notice_hash,
  locale: 'es-MX',
  consented_at: new Date().toISOString(),
  consents: campaign.consents.map((key) => ({ key, granted: true })),
})

/** Sends the text of a video. Its file is still missing. */
export async function announceVideo(
  origin: string,
  campaign: VideoCampaign,
  clip: Clip,
  title: string,
  more: Partial<VideoSubmission> = {},
): Promise<SentVideo> {
  const id = randomUUID()
  const secret = randomBytes(16).toString('base64url')
  const payload = { ...validVideo(campaign, clip, title), ...more }
  const verdict = await sendOp(origin, { kind: 'video.submit', entity_id: id, payload, secret })
  if (verdict.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
  const { folio } = verdict.row as SubmissionRow
  return { id, folio, secret, title, media: payload.media.id, path: `/folio#${folio}.${secret}` }
}

/** Uploads in one chunk, as a member with a token. */
async function upload(
  origin: string,
  media: string,
  { path, bytes }: Pick<Clip, 'path' | 'bytes'>,
  token?: string,
): Promise<void> {
  const bearer = token && { authorization: `Bearer ${token}` }
  const headers = { apikey: PUBLISHABLE_KEY, 'tus-resumable': '1.0.0', ...bearer }
  const type = path.endsWith('.webm') ? 'video/webm' : 'video/mp4'
  const metadata = { bucketName: 'videos-intake', objectName: media, contentType: type, cacheControl: '3600' }
  const created = await fetch(`${origin}/storage/v1/upload/resumable`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(bytes),
      'upload-metadata': Object.entries(metadata)
        .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
        .join(','),
    },
  })
  if (created.status !== 201) throw new Error(`create: ${created.status} ${await created.text()}`)
  const sent = await fetch(new URL(new URL(created.headers.get('location')!).pathname, origin), {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: readFileSync(path),
  })
  if (sent.status !== 204) throw new Error(`chunk: ${sent.status} ${await sent.text()}`)
}

/** Runs the media jobs now. Another run may be active. */
export async function runMediaJobs(origin: string): Promise<void> {
  const response = await fetch(`${origin}/functions/v1/verify-media`, {
    method: 'POST',
    headers: secretHeader(TEST_KEYS.jobsSecret),
  })
  if (!response.ok) throw new Error(`verify-media: ${response.status}`)
}

/** Sends a video with its file and runs its verification. */
export async function sendVideoByApi(
  origin: string,
  campaign: VideoCampaign,
  clip: Clip,
  title: string,
  more: Partial<VideoSubmission> = {},
): Promise<SentVideo> {
  const video = await announceVideo(origin, campaign, clip, title, more)
  await upload(origin, video.media, clip)
  const { id, secret, media } = video
  const op = { kind: 'video.attach', entity_id: id, payload: { media_id: media }, secret } as const
  const verdict = await sendOp(origin, op)
  if (verdict.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
  await runMediaJobs(origin)
  return video
}

const PREPARED = new URL('../media/clips/prepared.mp4', import.meta.url).pathname

/** A member's op on the version of a video that is there. */
async function applyOverVersion(
  origin: string,
  token: string,
  id: string,
  op: Pick<Op, 'kind' | 'payload'>,
): Promise<void> {
  const { version } = await callApi<StaffItem>(origin, 'review_item', { p_id: id }, token)
  const verdict = await sendOp(origin, { ...op, entity_id: id, expected_version: version }, token)
  if (verdict.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
}

/** A video gets captions, made by this member, and its public copy arrives and is checked. */
export async function prepareByApi(
  origin: string,
  member: { email: string; password: string },
  p_submission: string,
): Promise<void> {
  const token = await signInByApi(origin, member)
  const payload = { cues: [{ at: 0, to: 1_500, text: 'Hola.' }] }
  await applyOverVersion(origin, token, p_submission, { kind: 'video.caption', payload })
  const bytes = readFileSync(PREPARED)
  const id = randomUUID()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const facts = { bytes: bytes.length, sha256, duration_ms: 16_000, width: 320, height: 180 }
  await callApi(origin, 'add_rendition', { p_submission, p_file: { id, ...facts } }, token)
  await upload(origin, id, { path: PREPARED, bytes: bytes.length }, token)
  await callApi(origin, 'attach_rendition', { p_submission }, token)
  await runMediaJobs(origin)
}

/** Writes the transcript of a video through the API, as this member. */
export async function transcribeByApi(
  origin: string,
  member: { email: string; password: string },
  id: string,
  transcript: string,
): Promise<void> {
  const token = await signInByApi(origin, member)
  await applyOverVersion(origin, token, id, { kind: 'video.transcribe', payload: { transcript } })
}
