/** The format of the file that carries drafts to another phone. A file is checked before any of it is written. */
import * as v from 'valibot'
import { Fault } from '@/domain/fault'

export const PORTABLE = 'convoca.drafts'
export const PORTABLE_VERSION = 1

/** Far above the size of any file that a phone writes. */
const MAX_LENGTH = 5 * 1024 * 1024
const MAX_ROWS = 1000

const id = v.pipe(v.string(), v.uuid())
const instant = v.pipe(v.string(), v.isoTimestamp())
/** Kinds of newer versions pass too: their drafts stay until this app is updated. */
const kind = v.pipe(v.string(), v.regex(/^[a-z_]{0,40}$/u))
const answers = v.record(v.string(), v.unknown())
const word = v.pipe(v.string(), v.maxLength(500))
const list = <T extends v.GenericSchema>(row: T) => v.pipe(v.array(row), v.maxLength(MAX_ROWS))

const draft = v.object({
  id,
  kind,
  convocatoria_id: id,
  convocatoria_title: word,
  answers,
  step: v.pipe(v.string(), v.regex(/^[a-z-]{0,40}$/u)),
  updated_at: instant,
})

/** An unsent op, without its secret, which would be a private link. */
const unsent = v.object({
  id,
  op: word,
  kind,
  convocatoria_id: id,
  convocatoria_title: word,
  captured_at: instant,
  payload: answers,
})

const link = v.object({
  id,
  kind,
  convocatoria_id: id,
  title: word,
  secret: v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/u)),
  folio: v.nullable(word),
  created_at: instant,
})

const portable = v.object({
  format: v.literal(PORTABLE),
  version: v.literal(PORTABLE_VERSION),
  saved_at: instant,
  drafts: list(draft),
  unsent: list(unsent),
  links: v.optional(list(link)),
})

export type Portable = v.InferOutput<typeof portable>
export type PortableDraft = v.InferOutput<typeof draft>
export type PortableUnsent = v.InferOutput<typeof unsent>
export type PortableLink = v.InferOutput<typeof link>

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new Fault('file_unknown', false, { cause })
  }
}

/** Parses a file. Faults: `file_unknown` (another app's, or damaged), `file_newer` (written by a later version). */
export function readPortable(text: string): Portable {
  if (text.length > MAX_LENGTH) throw new Fault('file_unknown', false)
  const body = parse(text)
  const head = v.safeParse(v.object({ format: v.literal(PORTABLE), version: v.number() }), body)
  if (head.success && head.output.version > PORTABLE_VERSION) throw new Fault('file_newer', false)
  const whole = v.safeParse(portable, body)
  if (!whole.success) throw new Fault('file_unknown', false)
  return whole.output
}

/** Filters the rows that fit the format, so that one damaged row does not spoil the file. */
export const carriable = {
  drafts: (rows: unknown[]) => rows.filter((row): row is PortableDraft => v.is(draft, row)),
  unsent: (rows: unknown[]) => rows.filter((row): row is PortableUnsent => v.is(unsent, row)),
  links: (rows: unknown[]) => rows.filter((row): row is PortableLink => v.is(link, row)),
}
