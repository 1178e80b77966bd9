/** The kinds of insumo, and what each file may be. SQL has the same lists (`app.insumo_types`, `app.insumo_licences`). */

export const FILE_KINDS = ['pdf', 'image', 'audio', 'figures'] as const
export type FileKind = (typeof FILE_KINDS)[number]
export type InsumoKind = 'page' | FileKind

export const LICENCES = [
  'cc-by-4.0',
  'cc-by-sa-4.0',
  'cc0-1.0',
  'libre-uso-mx',
  'public-domain',
  'other',
] as const
export type Licence = (typeof LICENCES)[number]

/** Bytes that a file of a kind may have. */
export const MAX_BYTES: Readonly<Record<FileKind, number>> = {
  pdf: 10_000_000,
  image: 5_000_000,
  audio: 15_000_000,
  figures: 1_000_000,
}

/** What was found in the bytes of a file. */
export interface FileFacts {
  width?: number
  height?: number
  rows?: number
  columns?: number
}

/** A file that everybody may read. `object` is its name in the public bucket; null while the copy is being made. */
export interface PublicFile {
  id: string
  mime: string
  bytes: number
  sha256: string // hex
  facts: FileFacts
  object: string | null
}

/** A file as editors see it. `arrived`: storage has it whole. `refusal`: a code with words, see `problems.ts`. */
export interface InsumoFile {
  id: string
  convocatoria_id: string // for which it was added: a copy of that campaign names it too
  kind: FileKind
  mime: string
  bytes: number
  sha256: string
  status: 'waiting' | 'verified' | 'refused'
  refusal: string | null
  facts: FileFacts
  arrived: boolean
}

/** Work on a file, of `take_file_jobs`. */
export interface FileJob {
  id: string
  work: 'verify' | 'publish' | 'unpublish' | 'erase'
  kind: FileKind
  mime: string
  public_object: string
}

/** What reading the stored bytes of a file found; of `settle_file_job`. */
export interface FileFound {
  bytes: number
  sha256: string
  mime: string
  refusal: string | null
  facts: FileFacts
}
