/**
 * Writes the open data of a consultation's results, one page a step: each step reads at most 2,000 rows, writes its files and
 * notes it, so a kill loses one step, which is done again under the same names. Portable: Deno serves it in production, and the
 * embedded backend calls it in-process.
 */
import { answer, showsSecret } from '../_shared/callerSecret.ts'
import type { Objects } from '../_shared/objects.ts'
import { csvOf, DICTIONARY, type FileRow, linesOf } from './format.ts'

export interface EditionFile {
  name: string
  bytes: number
  sha256: string
  rows: number
}

/** What `take_edition_work` answers. */
export interface EditionWork {
  convocatoria: string
  number: number
  work: 'page' | 'closing' | 'erase'
  page: number
  /** Rows before the propuestas; of the first page and of the closing. */
  head?: FileRow[]
  rows?: FileRow[]
  files?: EditionFile[]
  figures?: string
  hash?: string
}

export interface Collaborators {
  callerSecret: string
  take(): Promise<EditionWork | null>
  settle(step: EditionWork, files: EditionFile[], error: string | null): Promise<void>
  objects: Pick<Objects, 'put' | 'remove'>
}

const BUCKET = 'open-data-public'
/** What ends an invocation before the platform does: 2 s of CPU write about ten pages. */
const BUDGET_MS = 45_000
const BUDGET_STEPS = 10

const MIME = { csv: 'text/csv', jsonl: 'application/x-ndjson', json: 'application/json' } as const
type Kind = keyof typeof MIME

/** Answers `{done, failed}`, or 401 without the secret. */
export const createHandler =
  (collaborators: Collaborators, budget = BUDGET_STEPS) =>
  async (request: Request): Promise<Response> => {
    if (!(await showsSecret(request, collaborators.callerSecret)))
      return answer(401, { message: 'Invalid secret' })
    if (request.method !== 'POST') return answer(405, { message: 'Method not allowed' })
    const counts = { done: 0, failed: 0 }
    const until = Date.now() + BUDGET_MS
    for (let steps = 0; steps < budget && Date.now() < until; steps++) {
      const step = await collaborators.take()
      if (!step) break
      counts[(await runStep(step, collaborators)) ? 'done' : 'failed']++
    }
    return answer(200, counts)
  }

async function runStep(step: EditionWork, { objects, settle }: Collaborators): Promise<boolean> {
  try {
    await settle(step, await WORK[step.work](step, objects), null)
    return true
  } catch (error) {
    await settle(step, [], (error as Error).message)
    return false
  }
}

type Put = (name: string, kind: Kind, text: string, rows: number) => Promise<EditionFile>

const folderOf = ({ convocatoria, number }: EditionWork) => `${convocatoria}/${number}`

const putterOf =
  (step: EditionWork, objects: Pick<Objects, 'put'>): Put =>
  async (name, kind, text, rows) => {
    const bytes = new TextEncoder().encode(text)
    const file = `${folderOf(step)}/${name}.${kind}`
    await objects.put(BUCKET, file, bytes, MIME[kind])
    return { name: file, bytes: bytes.length, sha256: await hashOf(bytes), rows }
  }

const WORK: Record<
  EditionWork['work'],
  (step: EditionWork, objects: Pick<Objects, 'put' | 'remove'>) => Promise<EditionFile[]>
> = {
  page: async (step, objects) => {
    const put = putterOf(step, objects)
    const [head, rows] = [step.head ?? [], step.rows ?? []]
    const place = String(step.page).padStart(4, '0')
    return [
      await put(`datos-${place}`, 'jsonl', linesOf([...head, ...rows]), rows.length),
      await put(`propuestas-${place}`, 'csv', csvOf('propuesta', rows), rows.length),
    ]
  },
  closing: async (step, objects) => {
    const put = putterOf(step, objects)
    const of = (tipo: string) => (step.head ?? []).filter((row) => row['tipo'] === tipo)
    const table = (name: string, tipo: 'conteo' | 'hallazgo' | 'parte' | 'seguimiento') =>
      put(name, 'csv', csvOf(tipo, of(tipo)), of(tipo).length)
    const made = [
      await table('conteos', 'conteo'),
      await table('hallazgos', 'hallazgo'),
      await table('partes', 'parte'),
      await table('seguimiento', 'seguimiento'),
      await put('cifras', 'json', step.figures ?? '', 1),
      await put('diccionario', 'json', `${JSON.stringify(DICTIONARY, null, 1)}\n`, 1),
    ]
    const [edition] = of('edicion')
    const index = { ...edition, cifras_sha256: step.hash, archivos: [...(step.files ?? []), ...made] }
    return [...made, await put('indice', 'json', `${JSON.stringify(index, null, 1)}\n`, 1)]
  },
  erase: async (step, objects) => {
    const names = (step.files ?? []).map(({ name }) => name)
    for (let at = 0; at < names.length; at += 100) await objects.remove(BUCKET, names.slice(at, at + 100))
    return []
  },
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
