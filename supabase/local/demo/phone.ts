/** Calls the embedded backend over HTTP as phones do: functions, sign-in and uploads. */
import { createHash } from 'node:crypto'
import type { ApplyOpsAnswer, Op, Verdict } from '@/domain/ops'
import type { Change, PullAnswer, PullRequest, PullResult } from '@/domain/pull'
import { secretHeader } from '../../functions/_shared/callerSecret'
import { PUBLISHABLE_KEY } from '../keys'

/** Below the server's limits of 50 ops and 256 KB for each call. */
const OPS_PER_CALL = 20
/** How often an op is sent again that the server had no time for. */
const ATTEMPTS = 30

/** An op of this version's format. `kind` is any kind of op that the server knows. */
export interface NewOp extends Pick<Op, 'op_id' | 'entity_id' | 'payload' | 'captured_at'> {
  kind: string
  /** The version of its payload; 1 without it. */
  v?: number
  secret?: string
  expected_version?: number
}

/** A file for a bucket that takes uploads. */
export interface Upload {
  bucket: string
  name: string
  bytes: Buffer<ArrayBuffer>
  mime: string
}

const digestOf = (name: string) => createHash('sha256').update(`convoca-demo:${name}`)

/** The UUID of this name. The same name has the same id, so an op that is sent again has one effect. */
export function idOf(name: string): string {
  const hex = digestOf(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The author's secret of this name. It is as public as every password of this backend. */
export const secretOf = (name: string): string =>
  digestOf(`secret:${name}`).digest().subarray(0, 16).toString('base64url')

export class Phone {
  /** The refusals and conflicts so far: `<kind>: <code>`. */
  readonly refused: string[] = []

  constructor(
    readonly address: string,
    readonly jobsSecret: string,
  ) {}

  /** Answers the JSON of a POST. Throws unless the status is 2xx. */
  async post<T>(path: string, body: object, token?: string): Promise<T> {
    const response = await fetch(`${this.address}${path}`, {
      method: 'POST',
      headers: {
        apikey: PUBLISHABLE_KEY,
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return (await response.json()) as T
  }

  /** The access token of a member of staff. */
  async signIn(login: { email: string; password: string }): Promise<string> {
    const path = '/auth/v1/token?grant_type=password'
    return (await this.post<{ access_token: string }>(path, login)).access_token
  }

  /** All rows of this entity that a phone keeps. */
  async pull<T>(entity: string): Promise<T[]> {
    const changes: Change[] = []
    for (let cursor: string | null = null, more = true; more;) {
      const request: { pulls: PullRequest[] } = { pulls: [{ scope: 'public', cursor }] }
      const page: PullResult = (await this.post<PullAnswer>('/rest/v1/rpc/pull_changes', request)).pulls[0]!
      changes.push(...page.changes)
      ;({ cursor, more } = page)
    }
    return changes.flatMap((change) =>
      change.op === 'put' && change.entity === entity ? [change.row as T] : [],
    )
  }

  /** Sends the ops in order and answers their verdicts in the same order. Notes those that were not applied. */
  async send(ops: NewOp[], token?: string): Promise<Verdict[]> {
    const verdicts: Verdict[] = []
    for (let at = 0; at < ops.length; at += OPS_PER_CALL)
      verdicts.push(...(await this.#sendAll(ops.slice(at, at + OPS_PER_CALL), token)))
    verdicts.forEach((verdict, index) => {
      if (verdict.status === 'applied') return
      this.refused.push(
        `${ops[index]!.kind}: ${verdict.status === 'refused' ? verdict.code : verdict.status}`,
      )
    })
    return verdicts
  }

  /** Repeats the call from the first op on that the server put off, so that ops keep their order. */
  async #sendAll(ops: NewOp[], token?: string): Promise<Verdict[]> {
    const settled: Verdict[] = []
    for (let attempt = 1; settled.length < ops.length; attempt++) {
      const rest = ops.slice(settled.length).map((op) => ({ v: 1, ...op }))
      const { verdicts } = await this.post<ApplyOpsAnswer>('/rest/v1/rpc/apply_ops', { ops: rest }, token)
      const putOff = verdicts.findIndex(({ status }) => status === 'retry')
      settled.push(...(putOff < 0 ? verdicts : verdicts.slice(0, putOff)))
      if (attempt === ATTEMPTS && putOff >= 0)
        throw new Error(`apply_ops: ${JSON.stringify(verdicts[putOff])}`)
    }
    return settled
  }

  /** Uploads a file in one chunk, as a member of staff with a token. Does nothing when it is there already. */
  async upload({ bucket, name, bytes, mime }: Upload, token?: string): Promise<void> {
    const headers = {
      apikey: PUBLISHABLE_KEY,
      'tus-resumable': '1.0.0',
      ...(token && { authorization: `Bearer ${token}` }),
    }
    const metadata = { bucketName: bucket, objectName: name, contentType: mime, cacheControl: '3600' }
    const words = Object.entries(metadata).map(
      ([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`,
    )
    const created = await fetch(`${this.address}/storage/v1/upload/resumable`, {
      method: 'POST',
      headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': words.join(',') },
    })
    if (created.status === 409 || created.status === 403) return // it arrived in an earlier start
    if (created.status !== 201) throw new Error(`upload: ${created.status}`)
    const { pathname } = new URL(created.headers.get('location')!, this.address)
    const sent = await fetch(`${this.address}${pathname}`, {
      method: 'PATCH',
      headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: bytes,
    })
    if (sent.status !== 204) throw new Error(`upload: ${sent.status}`)
  }

  /** Runs a function that a schedule calls: verifying files and copying what is public, signing, and writing open data. */
  async runJobs(name: 'verify-media' | 'verify-files' | 'sign' | 'open-data'): Promise<void> {
    const path = `/functions/v1/${name}`
    const response = await fetch(`${this.address}${path}`, {
      method: 'POST',
      headers: secretHeader(this.jobsSecret),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
  }
}
