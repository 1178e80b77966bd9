/** API calls of another phone, to create the data that a spec begins with. */
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { headingOf } from '@/domain/campaignHeading'
import type { ApplyOpsAnswer, Op, Verdict } from '@/domain/ops'
import type { PropuestaSubmission } from '@/domain/propuesta'
import type { SubmissionRow } from '@/domain/rows'
import { uuidV7 } from '@/sync/uuid'

export interface OpenCampaign {
  id: string
  slug: string
  title: string
  /** What heads its card and its page. */
  heading: string
  notice_id: string
  notice_hash: string
  /** An action of its strategy. */
  action: { id: string; title: string }
}

/** The consultation that accepts propuestas now. */
export async function readOpenCampaign(database: pg.Pool): Promise<OpenCampaign> {
  const { rows } = await database.query<Omit<OpenCampaign, 'heading'> & { question: string }>(
    `select c.id, c.slug, c.title, c.question, n.id as notice_id, n.hash as notice_hash,
       (select jsonb_build_object('id', p.id, 'title', p.title) from app.parts p
        where p.convocatoria_id = c.id and p.kind = 'action' order by p.position limit 1) as action
     from app.convocatorias c join app.notices n on n.id = c.notice_id
     where c.kind = 'propuestas' and c.published and now() between c.opens_at and c.closes_at`,
  )
  if (!rows[0]) throw new Error('the seed has no open consultation')
  return { ...rows[0], heading: headingOf(rows[0]) }
}

/** Calls a function of the API. Throws unless the answer is 2xx. */
export async function callApi<T>(origin: string, fn: string, args: object, token?: string): Promise<T> {
  const headers = {
    apikey: PUBLISHABLE_KEY,
    'content-type': 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
  }
  const response = await fetch(`${origin}/rest/v1/rpc/${fn}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(args),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${fn}: ${response.status} ${text}`)
  return JSON.parse(text) as T
}

/** Signs a member of staff in with a password and returns the token. */
export async function signInByApi(origin: string, { email, password }: { email: string; password: string }) {
  const response = await fetch(`${origin}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: PUBLISHABLE_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { access_token: string }).access_token
}

/** Sends one op and returns its verdict. */
export async function sendOp(
  origin: string,
  op: Pick<Op, 'kind' | 'entity_id' | 'payload' | 'secret' | 'expected_version'>,
  token?: string,
): Promise<Verdict> {
  const whole: Op = { op_id: uuidV7(), v: 1, captured_at: new Date().toISOString(), ...op }
  const { verdicts } = await callApi<ApplyOpsAnswer>(origin, 'apply_ops', { ops: [whole] }, token)
  return verdicts[0]!
}

export interface Sent {
  id: string
  folio: string
  secret: string
  body: string
  /** The path of the private link. */
  path: string
}

/** The payload of a valid propuesta. */
export const validSubmission = (campaign: OpenCampaign, body: string): PropuestaSubmission => ({
  convocatoria_id: campaign.id,
  part_id: null,
  helps: null,
  body,
  sector: null,
  municipality: null,
  display_name: null,
  email: null,
  notice_id: campaign.notice_id,
  notice_hash: campaign.notice_hash,
  locale: 'es-MX',
  consented_at: new Date().toISOString(),
  consents: [
    { key: 'political_opinions', granted: true },
    { key: 'publish', granted: true },
  ],
})

/** Sends a propuesta through the API, for specs about its later life. */
export async function submitByApi(
  origin: string,
  campaign: OpenCampaign,
  body: string,
  more: Partial<PropuestaSubmission> = {},
): Promise<Sent> {
  const id = randomUUID()
  const secret = randomBytes(16).toString('base64url')
  const payload = { ...validSubmission(campaign, body), ...more }
  const verdict = await sendOp(origin, { kind: 'propuesta.submit', entity_id: id, payload, secret })
  if (verdict.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
  const { folio } = verdict.row as SubmissionRow
  return { id, folio, secret, body, path: `/folio#${folio}.${secret}` }
}
