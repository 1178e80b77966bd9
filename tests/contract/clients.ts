/** A supabase-js client for each actor, and ops as a phone sends them. */
import { randomBytes, randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { inject } from 'vitest'
import type { Database } from '@/data/database.types'
import type { CampaignKind } from '@/domain/kinds'
import type { Op, Verdict } from '@/domain/ops'
import type { PullResult } from '@/domain/pull'
import type { Convocatoria, Notice, SubmissionRow } from '@/domain/rows'
import { uuidV7 } from '@/sync/uuid'

export type Client = SupabaseClient<Database>

export const target = () => inject('target')

/** Realtime is not used. Node 20 has no WebSocket, and supabase-js refuses to create a client without one. */
const NoSocket = function () {} as never

const clientWith = (key: string): Client =>
  createClient<Database>(target().url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: NoSocket },
  })

export const anonymous = () => clientWith(target().publishableKey)
export const service = () => clientWith(target().secretKey)
export const staffLogin = () => target().staff

/** A client of a member of staff, signed in with a password. */
export async function signedIn(login = staffLogin()): Promise<Client> {
  const client = anonymous()
  const { error } = await client.auth.signInWithPassword(login)
  if (error) throw error
  return client
}

/** A plain HTTP call, for requests that supabase-js cannot send. */
export const call = (path: string, init: RequestInit & { key?: string } = {}): Promise<Response> =>
  fetch(`${target().url}${path}`, {
    ...init,
    headers: {
      apikey: init.key ?? target().publishableKey,
      'content-type': 'application/json',
      ...(init.headers as Record<string, string>),
    },
  })

/** Sends ops and returns their verdicts. */
export async function apply(client: Client, ops: Op[]): Promise<Verdict[]> {
  const { data, error } = await client.rpc('apply_ops', { ops })
  if (error) throw error
  return data.verdicts
}

/** The first pull of scope public. */
export async function pullPublic(client: Client): Promise<PullResult> {
  const { data, error } = await client.rpc('pull_changes', { pulls: [{ scope: 'public', cursor: null }] })
  if (error) throw error
  return data.pulls[0] as PullResult
}

export const newSecret = () => randomBytes(16).toString('base64url')

/** The convocatoria of this kind that accepts submissions now, and its notice. */
export async function openCampaign(client: Client, kind: CampaignKind): Promise<[Convocatoria, Notice]> {
  const { changes } = await pullPublic(client)
  const rows = <T>(entity: string) =>
    changes.flatMap((change) => (change.op === 'put' && change.entity === entity ? [change.row as T] : []))
  const open = rows<Convocatoria>('convocatoria').find((row) => {
    const now = Date.now()
    return row.kind === kind && Date.parse(row.opens_at) <= now && now < Date.parse(row.received_until)
  })
  const notice = rows<Notice>('notice').find(({ id }) => id === open?.notice_id)
  if (!open || !notice) throw new Error(`the target has no open campaign of kind ${kind}: run the seed`)
  return [open, notice]
}

/** A valid propuesta for the open consultation. */
export async function validOp(client: Client, secret = newSecret()): Promise<Op & { secret: string }> {
  const [open, notice] = await openCampaign(client, 'propuestas')
  const now = new Date().toISOString()
  const payload = {
    convocatoria_id: open.id,
    part_id: null,
    helps: null,
    body: `Propuesta de la prueba de contrato ${randomUUID()}`,
    sector: null,
    municipality: null,
    display_name: null,
    email: null,
    notice_id: notice.id,
    notice_hash: notice.hash,
    locale: 'es-MX',
    consented_at: now,
    consents: notice.consents.map(({ key }) => ({ key, granted: true })),
  }
  return {
    op_id: uuidV7(),
    v: 1,
    kind: 'propuesta.submit',
    entity_id: randomUUID(),
    payload,
    captured_at: now,
    secret,
  }
}

/** The row of an applied verdict. Throws if the verdict is another one. */
export function rowOf(verdict: Verdict | undefined): SubmissionRow {
  if (verdict?.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
  return verdict.row as SubmissionRow
}
