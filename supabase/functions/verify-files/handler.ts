/**
 * Does what is due with the files of insumos: reads and checks an upload, copies a published file to the public bucket,
 * removes the copy that is no longer published, and erases a file that no campaign names. Portable: Deno serves it in
 * production, and the embedded backend calls it in-process.
 */
import { createHash } from 'node:crypto'
import { checkFile } from '../_shared/files/kinds.ts'
import { type Collaborators, createJobHandler, type Work } from '../_shared/objectJobs.ts'
import { ObjectFailure } from '../_shared/objects.ts'

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

const INTAKE = 'insumos-intake'
const PUBLIC = 'insumos-public'
const MAX_BYTES = 15_000_000

export const createHandler = (collaborators: Collaborators<FileJob, Found>) =>
  createJobHandler(collaborators, (objects, job) => WORK[job.work](objects, job), 'file_failed')

const WORK: Record<FileJob['work'], Work<FileJob, Found>> = {
  verify: async (objects, { id, kind }) => {
    const bytes = await readWhole(await objects.read(INTAKE, id))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { bytes: bytes.length, sha256, ...(await checkFile(kind, bytes)) }
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
