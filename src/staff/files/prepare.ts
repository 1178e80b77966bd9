/**
 * Makes of a chosen file what is uploaded: pictures are drawn anew, recordings and PDF lose what they say of
 * their makers, figures become one form of CSV. The result has passed the checks that the server repeats. The file's name and claimed type decide nothing.
 */
import { type FileKind, MAX_BYTES } from '@/domain/insumo'
import type { Problem } from '@/domain/problems'
import { makeHasher } from '@/media/hash'
import { checkFile, typeOf } from '../../../supabase/functions/_shared/files/kinds'
import { cleanPdf } from '../../../supabase/functions/_shared/files/pdfMetadata'
import { cleanAudio } from './cleanAudio'
import { FileProblem } from './fileProblem'
import { readFigures } from './readFigures'
import { redraw } from './redraw'

export interface Prepared {
  kind: FileKind
  mime: string
  bytes: Uint8Array<ArrayBuffer>
  sha256: string
}

/** A picture is drawn smaller, so it may be larger than what is kept. */
const MAX_CHOSEN = 40_000_000

const KINDS: readonly [start: string, kind: FileKind][] = [
  ['application/pdf', 'pdf'],
  ['image/', 'image'],
  ['audio/', 'audio'],
]

async function makeBytes(kind: FileKind, bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<Uint8Array> {
  if (kind === 'image') return redraw(bytes, mime)
  if (kind === 'audio') return cleanAudio(bytes, mime)
  if (kind === 'pdf') return cleanPdf(bytes)
  return kind === 'figures' ? readFigures(bytes) : bytes
}

/** Reads, cleans and checks a chosen file. Throws FileProblem. */
export async function prepareFile(file: Blob): Promise<Prepared> {
  if (file.size > MAX_CHOSEN) throw new FileProblem('file_too_large')
  const chosen = new Uint8Array(await file.arrayBuffer())
  const type = typeOf(chosen)
  const kind = type ? KINDS.find(([start]) => type.startsWith(start))![1] : 'figures'
  if (kind !== 'image' && chosen.length > MAX_BYTES[kind]) throw new FileProblem('file_too_large')
  const bytes = new Uint8Array(await makeBytes(kind, chosen, type ?? 'text/csv'))
  if (bytes.length > MAX_BYTES[kind]) throw new FileProblem('file_too_large')
  const { mime, refusal } = await checkFile(kind, bytes)
  if (refusal || !mime) throw new FileProblem((refusal ?? 'file_type') as Problem)
  const hash = makeHasher()
  hash.update(bytes)
  return { kind, mime, bytes, sha256: hash.hex() }
}
