/** The videos of the demonstration: their texts, their files and the decisions on them. */
import { createHash } from 'node:crypto'
import type { MinorSubmission } from '@/domain/minor'
import type { Cue, VideoText } from '@/domain/video'
import type { OwnCaptions } from '@/features/videos/captionAnswers'
import {
  decideAll,
  type Entry,
  note,
  type OpenCampaign,
  openCampaign,
  opOf,
  type Row,
  sharedPayload,
  shuffled,
  spread,
} from './campaign'
import { DEMO_STAFF } from '../keys'
import { idOf, type Phone, secretOf } from './phone'
import { readEntries, readSample } from './samples'

const MIME = 'video/webm'

/** The clip is `<clip>.webm`, its poster `<clip>.jpg`, and its public copy, where it gets one, `<clip>.mp4`. */
export interface Video extends Entry, VideoText {
  /** The key of the sample; `key` where it is absent. */
  clip?: string
  duration_ms: number
  width: number
  height: number
  /** Whose captions a published one has; `none`: staff say that nobody speaks in it, and it has no transcript. Staff's without it. */
  captions?: 'author' | 'none'
  /** Of a minor: the guardian, who has not answered yet. */
  minor?: MinorSubmission
}

export async function sendVideos(phone: Phone): Promise<void> {
  const campaign = await openCampaign(phone, 'videos')
  if (!campaign) return
  const entries = shuffled(readEntries<Video>('videos.json'))
  const times = spread(campaign, entries.length)
  const rows = await sendEntries(phone, campaign, entries, times)
  const isPublic = ({ steps }: Video) =>
    steps.some((step) => 'decision' in step && step.decision === 'publish')
  await preparePublic(phone, entries.filter(isPublic), rows)
  await decideAll(phone, entries, rows, (entry, summary) => ({
    kind: 'video.correct',
    payload: { ...textOf(entry), summary },
  }))
  await phone.runJobs('verify-media')
}

/** Sends the texts and then the files, which the server verifies. Answers what it made of them. */
export async function sendEntries(
  phone: Phone,
  campaign: OpenCampaign,
  entries: Video[],
  times: readonly string[],
): Promise<Map<string, Row>> {
  const ops = entries.map((entry, index) => {
    const granted = (consent: string) => consent !== 'publish' || entry.publish
    const payload = {
      ...sharedPayload(campaign, { ...entry, granted }, times[index]!),
      ...textOf(entry),
      poster: readSample(`${clipOf(entry)}.jpg`).toString('base64'),
      media: mediaOf(entry),
      sector: entry.sector,
      municipality: entry.municipality,
      minor: entry.minor,
    }
    return opOf(entry.key, 'submit', { kind: 'video.submit', v: 2, payload, captured_at: times[index]! })
  })
  const rows = new Map<string, Row>()
  note(rows, entries, await phone.send(ops))
  await sendFiles(phone, entries)
  return rows
}

const clipOf = ({ key, clip = key }: Video) => clip

const textOf = ({ pillar, title, summary, transcript, captions }: Video): VideoText => ({
  pillar,
  title,
  summary,
  transcript: captions === 'none' ? null : transcript,
})

const mediaIdOf = ({ key }: Video) => idOf(`media:${key}`)

function mediaOf(entry: Video) {
  const bytes = readSample(`${clipOf(entry)}.webm`)
  const { duration_ms, width, height } = entry
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { id: mediaIdOf(entry), bytes: bytes.length, mime: MIME, sha256, duration_ms, width, height }
}

/** The words on the screen of a clip, each for the same time. */
function cuesOf({ transcript, duration_ms }: Video): Cue[] {
  const lines = (/«(.+)»/u.exec(transcript ?? '')?.[1] ?? '').split(/(?<=[.?:,]) /u).filter(Boolean)
  const share = Math.floor(duration_ms / lines.length)
  return lines.map((text, at) => ({ at: at * share, to: (at + 1) * share - 100, text }))
}

/** What becomes public has captions and a copy that was made before (`npm run rendition -- v01.webm v01.mp4`). */
export async function preparePublic(phone: Phone, entries: Video[], rows: Map<string, Row>): Promise<void> {
  const token = await phone.signIn(DEMO_STAFF)
  const byStaff = entries.filter(({ captions }) => captions !== 'author')
  const captioned = byStaff.map((entry) => {
    const payload = entry.captions === 'none' ? { cues: [], voiceless: true } : { cues: cuesOf(entry) }
    const expected_version = rows.get(entry.key)!.version
    const { secret: _, ...op } = opOf(entry.key, 'caption', {
      kind: 'video.caption',
      payload,
      expected_version,
    })
    return op
  })
  note(rows, byStaff, await phone.send(captioned, token))
  for (const entry of entries) if (entry.captions === 'author') await captionOwn(phone, entry, rows)
  for (const entry of entries) {
    const bytes = readSample(`${clipOf(entry)}.mp4`)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const { duration_ms, width, height } = entry
    const file = { id: idOf(`copy:${entry.key}`), bytes: bytes.length, sha256, duration_ms, width, height }
    const p_submission = idOf(entry.key)
    await phone.post('/rest/v1/rpc/add_rendition', { p_submission, p_file: file }, token)
    await phone.upload({ bucket: 'videos-intake', name: file.id, bytes, mime: 'video/mp4' }, token)
    await phone.post('/rest/v1/rpc/attach_rendition', { p_submission }, token)
  }
  await phone.runJobs('verify-media')
}

/** Its author makes the captions, with the private link of the folio. Does nothing where they are made already. */
async function captionOwn(phone: Phone, entry: Video, rows: Map<string, Row>): Promise<void> {
  const { folio } = rows.get(entry.key)!
  const link = { p_folio: folio, p_secret: secretOf(entry.key) }
  const own = await phone.post<OwnCaptions>('/rest/v1/rpc/own_captions', link)
  if (!own.open || own.cues.length > 0) return
  const captions = { ...link, p_version: own.version, p_cues: cuesOf(entry) }
  const { version } = await phone.post<OwnCaptions>('/rest/v1/rpc/caption_own_video', captions)
  rows.set(entry.key, { folio, version })
}

/** Uploads, reports and verifies the files. Staff can publish a video only after that. */
async function sendFiles(phone: Phone, entries: Video[]): Promise<void> {
  for (const entry of entries) {
    const bytes = readSample(`${clipOf(entry)}.webm`)
    await phone.upload({ bucket: 'videos-intake', name: mediaIdOf(entry), bytes, mime: MIME })
  }
  const attached = entries.map((entry) =>
    opOf(entry.key, 'attach', { kind: 'video.attach', payload: { media_id: mediaIdOf(entry) } }),
  )
  await phone.send(attached)
  await phone.runJobs('verify-media')
}
