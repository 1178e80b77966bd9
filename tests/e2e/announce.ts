/** A video with its text already sent by another phone, for specs that need no camera. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { SubmissionRow } from '@/domain/rows'
import type { MediaFile } from '@/domain/video'
import { sendOp } from './api'
import type { Stage } from './stage'

type Announced = Pick<MediaFile, 'id' | 'bytes'> & { sha256: string }

/** Sends the text of a video from another phone. Its file is still missing. */
export async function announce({ database, network }: Stage, file: Partial<Announced> = {}) {
  const { rows } = await database.query(
    `select c.id, n.id as notice_id, n.hash as notice_hash, n.consents,
       (select p.key from app.pillars p where p.convocatoria_id = c.id order by p.position limit 1) as pillar
     from app.convocatorias c join app.notices n on n.id = c.notice_id
     where c.kind = 'videos' and c.published and now() between c.opens_at and c.closes_at`,
  )
  const { id: convocatoria_id, notice_id, notice_hash, consents, pillar } = rows[0]
  const sent = {
    id: randomUUID(),
    secret: randomBytes(16).toString('base64url'),
    title: `Mi calle ${randomUUID()}`,
  }
  const media = { id: randomUUID(), bytes: 1_000_000, sha256: 'a'.repeat(64), ...file }
  const payload = {
    convocatoria_id,
    pillar,
    title: sent.title,
    summary: 'Lo que cambió cuando preguntamos.',
    transcript: null,
    media: { ...media, mime: 'video/mp4', duration_ms: 30_000, width: 720, height: 1280 },
    poster: null,
    sector: null,
    municipality: null,
    display_name: null,
    email: null,
    notice_id,
    notice_hash,
    locale: 'es-MX',
    consented_at: new Date().toISOString(),
    consents: (consents as { key: string }[]).map(({ key }) => ({ key, granted: true })),
  }
  const { id: entity_id, secret } = sent
  const verdict = await sendOp(network.origin, { kind: 'video.submit', entity_id, payload, secret })
  if (verdict.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
  const row = verdict.row as SubmissionRow
  return { ...sent, media: media.id, path: `/folio#${row.folio}.${sent.secret}` }
}
