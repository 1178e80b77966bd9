/** The videos of the demonstration: their texts, their files and the decisions on them. */
import { createHash } from 'node:crypto'
import type { VideoText } from '@/domain/video'
import {
  decideAll,
  type Entry,
  note,
  openCampaign,
  opOf,
  type Row,
  sharedPayload,
  shuffled,
  spread,
} from './campaign'
import { idOf, type Phone } from './phone'
import { readEntries, readSample } from './samples'

const MIME = 'video/webm'

/** The clip is `<key>.webm` and its poster `<key>.jpg`. */
interface Video extends Entry, VideoText {
  duration_ms: number
  width: number
  height: number
}

export async function sendVideos(phone: Phone): Promise<void> {
  const campaign = await openCampaign(phone, 'videos')
  if (!campaign) return
  const entries = shuffled(readEntries<Video>('videos.json'))
  const times = spread(campaign, entries.length)
  const ops = entries.map((entry, index) => {
    const granted = (consent: string) => consent !== 'publish' || entry.publish
    const payload = {
      ...sharedPayload(campaign, { ...entry, granted }, times[index]!),
      ...textOf(entry),
      poster: readSample(`${entry.key}.jpg`).toString('base64'),
      media: mediaOf(entry),
      sector: entry.sector,
      municipality: entry.municipality,
    }
    return opOf(entry.key, 'submit', { kind: 'video.submit', payload, captured_at: times[index]! })
  })
  const rows = new Map<string, Row>()
  note(rows, entries, await phone.send(ops))
  await sendFiles(phone, entries)
  await decideAll(phone, entries, rows, (entry, summary) => ({
    kind: 'video.correct',
    payload: { ...textOf(entry), summary },
  }))
  await phone.runJobs('verify-media')
}

const textOf = ({ pillar, title, summary, transcript }: Video): VideoText => ({
  pillar,
  title,
  summary,
  transcript,
})

const mediaIdOf = ({ key }: Video) => idOf(`media:${key}`)

function mediaOf(entry: Video) {
  const bytes = readSample(`${entry.key}.webm`)
  const { duration_ms, width, height } = entry
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { id: mediaIdOf(entry), bytes: bytes.length, mime: MIME, sha256, duration_ms, width, height }
}

/** Uploads, reports and verifies the files. Staff can publish a video only after that. */
async function sendFiles(phone: Phone, entries: Video[]): Promise<void> {
  for (const entry of entries) {
    const bytes = readSample(`${entry.key}.webm`)
    await phone.upload({ bucket: 'videos-intake', name: mediaIdOf(entry), bytes, mime: MIME })
  }
  const attached = entries.map((entry) =>
    opOf(entry.key, 'attach', { kind: 'video.attach', payload: { media_id: mediaIdOf(entry) } }),
  )
  await phone.send(attached)
  await phone.runJobs('verify-media')
}
