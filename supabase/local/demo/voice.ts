/** A propuesta of the demonstration that was spoken, by a synthetic voice that says so. Nobody has written it down yet. */
import { createHash } from 'node:crypto'
import { openCampaign, opOf, sharedPayload, spread } from './campaign'
import { idOf, type Phone } from './phone'
import { readSample } from './samples'

const KEY = 'voz'
const MIME = 'audio/webm'
const DURATION_MS = 19_740

export async function sendVoice(phone: Phone): Promise<void> {
  const campaign = await openCampaign(phone, 'propuestas')
  if (!campaign) return
  const bytes = readSample('nota.webm')
  const id = idOf(`media:${KEY}`)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const at = spread(campaign, 1)[0]!
  const payload = {
    ...sharedPayload(campaign, { key: KEY, name: null, granted: () => true }, at),
    part_id: null,
    helps: null,
    body: null,
    media: { id, bytes: bytes.length, mime: MIME, sha256, duration_ms: DURATION_MS },
    sector: null,
    municipality: null,
  }
  const [verdict] = await phone.send([
    opOf(KEY, 'submit', { kind: 'propuesta.submit', payload, captured_at: at }),
  ])
  if (verdict?.status !== 'applied') return
  await phone.upload({ bucket: 'videos-intake', name: id, bytes, mime: MIME })
  await phone.send([opOf(KEY, 'attach', { kind: 'propuesta.attach', payload: { media_id: id } })])
  await phone.runJobs('verify-media')
}
