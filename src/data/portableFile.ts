/** The file that carries drafts from one phone to another: its shape, checked before anything of it is kept. */
import * as v from 'valibot'
import { Fault } from '@/domain/fault'

export const PORTABLE = 'convoca.drafts'
export const PORTABLE_VERSION = 1

/** Far above what any phone writes; a larger file is not ours. */
const MOST_BYTES = 5 * 1024 * 1024
const MOST_ROWS = 1000

const id = v.pipe(v.string(), v.uuid())
const instant = v.pipe(v.string(), v.isoTimestamp())
/** Also one that only a newer version knows: its draft is kept until this app does. */
const kind = v.pipe(v.string(), v.regex(/^[a-z_]{0,40}$/u))
const answers = v.record(v.string(), v.unknown())
const word = v.pipe(v.string(), v.maxLength(500))
const list = <T extends v.GenericSchema>(row: T) => v.pipe(v.array(row), v.maxLength(MOST_ROWS))

const draft = v.object({
  id,
  kind,
  convocatoria_id: id,
  convocatoria_title: word,
  answers,
  step: v.pipe(v.string(), v.regex(/^[a-z-]{0,40}$/u)),
  updated_at: instant,
})

/** What an op on its way carried. Never its secret: that is a private link. */
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

/** The file's content. Faults: `file_unknown` (not one of ours, or damaged), `file_newer` (of a later version). */
export function readPortable(text: string): Portable {
  if (text.length > MOST_BYTES) throw new Fault('file_unknown', false)
  const body = parse(text)
  const head = v.safeParse(v.object({ format: v.literal(PORTABLE), version: v.number() }), body)
  if (head.success && head.output.version > PORTABLE_VERSION) throw new Fault('file_newer', false)
  const whole = v.safeParse(portable, body)
  if (!whole.success) throw new Fault('file_unknown', false)
  return whole.output
}

/** Which of these rows the file can carry: one of another shape is left out, and costs itself only. */
export const carriable = {
  drafts: (rows: unknown[]) => rows.filter((row): row is PortableDraft => v.is(draft, row)),
  unsent: (rows: unknown[]) => rows.filter((row): row is PortableUnsent => v.is(unsent, row)),
  links: (rows: unknown[]) => rows.filter((row): row is PortableLink => v.is(link, row)),
}
