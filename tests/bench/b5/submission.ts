/** The text of a video: valid, and not measured. */
import type pg from 'pg'
import { sendOp } from '../../e2e/api'

export type Submission = Record<string, unknown>

/** A video.submit payload without the file's id and hash. Raises the campaign's size limit for this file. */
export async function submissionOf(database: pg.Pool, bytes: number): Promise<Submission> {
  await database.query('update app.video_campaigns set max_bytes = greatest(max_bytes, $1)', [bytes])
  const { rows } = await database.query<{ payload: Submission }>(`
    select jsonb_build_object('convocatoria_id', c.id, 'notice_id', n.id, 'notice_hash', n.hash, 'locale', 'es-MX',
      'pillar', (select p.key from app.pillars p where p.convocatoria_id = c.id limit 1),
      'consents', (select jsonb_agg(jsonb_build_object('key', k ->> 'key', 'granted', true))
        from jsonb_array_elements(n.consents) k)) as payload
    from app.convocatorias c join app.notices n on n.id = c.notice_id
    where c.kind = 'videos' and c.published and now() between c.opens_at and c.closes_at`)
  return {
    ...rows[0]!.payload,
    title: 'Un video',
    summary: 'De qué trata.',
    transcript: null,
    poster: null,
    sector: null,
    municipality: null,
    display_name: null,
    email: null,
    consented_at: new Date().toISOString(),
    media: { bytes, mime: 'video/mp4', duration_ms: 30_000, width: 720, height: 1280 },
  }
}

/** Sends the text for a peer, which only knows files. */
export async function announceVideo(
  origin: string,
  common: Submission,
  { mediaId, submissionId }: { mediaId: string; submissionId: string },
): Promise<void> {
  const verdict = await sendOp(origin, {
    kind: 'video.submit',
    entity_id: submissionId,
    payload: { ...common, media: { ...(common['media'] as object), id: mediaId, sha256: '0'.repeat(64) } },
    secret: submissionId.replaceAll('-', ''),
  })
  if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
}
