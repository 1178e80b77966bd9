/**
 * The registry of sujetos obligados as staff work on it: its wire, for the functions of
 * supabase/migrations/20261123004820 to 20261123004850. SQL decides everything; nothing here repeats a rule.
 */
import type { SectionProblem } from './campaignDraft'

/** What an import can change of a body. */
export interface BodyFields {
  name: string
  acronym: string | null
  class_key: string
  municipality: string | null // key of INEGI
  active: boolean
  domains: string[] // of its mail
}

/** A body in the list of staff. */
export interface RegistryBody extends BodyFields {
  id: string
  version: number // grows with each change
  merged_into: string | null
  registrations: number
}

/** A class of bodies; `groups` counts the groups of campaigns that serve it. */
export interface BodyClass {
  key: string
  name: string
  retired: boolean // receives no body
  bodies: number
  groups: number
}

/** A body that somebody missed in the registry. `twins` are ids of bodies with the same normal form. */
export interface MissingBody {
  id: string
  at: string
  name: string
  class_key: string | null
  municipality: string | null
  times: number
  twins: string[]
}

/** The newest import that can still be undone. `by` is null for `npm run import:bodies`. */
export interface LastImport {
  id: string
  at: string
  by: string | null
  added: number
  changed: number
  retired: number
  undo_until: string
}

/** The answer of `list_registry`. A part has `version` and `items` alone. */
export interface StaffRegistry {
  version: number
  can_edit: boolean
  classes: BodyClass[]
  items: RegistryBody[]
  municipalities: { cve: string; name: string }[]
  last_import: LastImport | null
  reports: MissingBody[]
  parts?: string[] // each a `p_within` to ask for; only of a registry too large for one answer, which then has no items
}

/** Whom the institution writes to in a body: personal data of a public servant. */
export interface Liaison {
  name: string
  post: string | null
  email: string | null
  phone: string | null
}

export type BodyEventKind = 'imported' | 'added' | 'changed' | 'retired' | 'restored' | 'merged'

/** The answer of `registry_body`. */
export interface BodyDetail extends RegistryBody {
  liaison: Liaison | null
  history: { at: string; by: string | null; kind: BodyEventKind }[]
}

/** `p_data` of `save_body`. */
export interface BodyForm extends Omit<BodyFields, 'active'> {
  liaison: Liaison | null
}

/**
 * A row of `p_rows` as the file says it. A key that is absent leaves that field of a known body as it is. `apart`: it
 * is another body than its twin.
 */
export interface BodyInput {
  line: number
  name: string
  class: string
  acronym?: string
  municipality?: string
  active?: string
  domains?: string
  apart?: true
}

/** What importing a row would do. `twin` is another name with the same normal form. */
export interface BodyVerdict {
  line: number
  status: 'new' | 'changed' | 'same' | 'merged' | 'wrong'
  before: BodyFields | null
  after: BodyFields
  twin: string | null
  problems: SectionProblem[]
}

/** The answer of `preview_bodies`; `gone` are active bodies that no row names. */
export interface ImportPreview {
  version: number
  rows: BodyVerdict[]
  gone: { id: string; name: string; class_key: string }[]
}

/** The answer of `import_bodies`; `id` is null when nothing changed. */
export interface ImportCounts {
  id: string | null
  added: number
  changed: number
  retired: number
  same: number
}

/** The answer of `undo_import`. `kept`: bodies that are used or were changed since. */
export interface UndoCounts {
  removed: number
  restored: number
  kept: number
}
