/**
 * Does what is due with the files of insumos: reads and checks an upload, copies a published file to the public bucket,
 * removes the copy that is no longer published, and erases a file that no campaign names. Portable: Deno serves it in
 * production, and the embedded backend calls it in-process.
 */
import { createHash } from 'node:crypto'
import { checkFile } from '../_shared/files/kinds.ts'
import { answer, showsKey } from '../_shared/serviceKey.ts'
import { ObjectFailure, type Objects } from '../verify-media/objects.ts'

export interface FileJob {
  id: string
  work: 'verify' | 'publish' | 'unpublish' | 'erase'
  kind: string
  /** The name of the public copy. */
  public_object: string
}

/** What the stored bytes are. */
export interface Found {
  bytes: number
  sha256: string
  mime: string | null
  refusal: string | null
  facts: Record<string, number>
}

export interface Collaborators {
  /** Callers must carry this key. */
  secretKey: string
  takeJobs(limit: number): Promise<FileJob[]>
  /** `found` is set for a done `verify`. `error` is null for a done job, otherwise a code. */
  settleJob(job: FileJob, found: Found | null, error: string | null): Promise<void>
  objects: Objects
}

const INTAKE = 'insumos-intake'
const PUBLIC = 'insumos-public'
const BUDGET_MS = 60_000 // ends the invocation before the platform does; the next one continues
const MAX_BYTES = 15_000_000

/** Answers `{done, failed}`, or 401 without the key. Takes one job at a time, so that no lease runs while it waits. */
export function createHandler(collaborators: Collaborators): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!(await showsKey(request, collaborators.secretKey)))
      return answer(401, { message: 'Invalid API key' })
    if (request.method !== 'POST') return answer(405, { message: 'Method not allowed' })
    const counts = { done: 0, failed: 0 }
    const until = Date.now() + BUDGET_MS
    while (Date.now() < until) {
      const [job] = await collaborators.takeJobs(1)
      if (!job) break
      counts[await settle(job, collaborators)]++
    }
    return answer(200, counts)
  }
}

async function settle(job: FileJob, { objects, settleJob }: Collaborators): Promise<'done' | 'failed'> {
  let found: Found | null
  try {
    found = await WORK[job.work](objects, job)
  } catch (error) {
    await settleJob(job, null, error instanceof ObjectFailure ? error.message : 'file_failed')
    return 'failed'
  }
  await settleJob(job, found, null)
  return 'done'
}

const WORK: Record<FileJob['work'], (objects: Objects, job: FileJob) => Promise<Found | null>> = {
  verify: async (objects, { id, kind }) => {
    const bytes = await readWhole(await objects.read(INTAKE, id))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { bytes: bytes.length, sha256, ...checkFile(kind, bytes) }
  },
  publish: async (objects, { id, public_object }) => {
    await objects.copy({ bucket: INTAKE, name: id }, { bucket: PUBLIC, name: public_object })
    return null
  },
  unpublish: async (objects, { public_object }) => {
    await objects.remove(PUBLIC, [public_object])
    return null
  },
  erase: async (objects, { id }) => {
    await objects.remove(INTAKE, [id])
    return null
  },
}

/** All bytes. The bucket's limit keeps them few; a stream beyond it fails. */
async function readWhole(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const whole = new Uint8Array(MAX_BYTES)
  let size = 0
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (size + next.value.length > MAX_BYTES) throw new ObjectFailure('file_too_large', '413')
    whole.set(next.value, size)
    size += next.value.length
  }
  return whole.subarray(0, size)
}
