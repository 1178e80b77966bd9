/** The contract by which a kind lets its author change what staff asked to be changed. */
import type { Component } from 'vue'
import type { OpKind } from '@/domain/ops'
import type { Convocatoria } from '@/domain/rows'
import type { Kept } from './answers'
import type { Problem } from './campaignForm'

/** `A`: the answers of its one page. Without a convocatoria on this phone the server looks at what names it. */
export interface CorrectionForm<A extends object = object> {
  op: OpKind
  /** Props `answers`, `errors` (words by field), `convocatoria`; emits `change(patch)`. */
  Fields: Component
  /** One of two versions to choose from. Props `content` (what can be changed of it), `convocatoriaId`. */
  Version: Component
  /** Answers out of what was sent, of this page's draft, or of a refused change; undefined when it holds none. */
  read(kept: Kept): A | undefined
  /** Why the change cannot be sent yet, in the order of the page. Hints: the server decides. */
  findProblems(answers: A, convocatoria: Convocatoria | undefined): Problem[]
  problemText(code: string): string
  toPayload(answers: A, convocatoria: Convocatoria | undefined): object
}

/** What the fields of a correction are given; they answer with `change(patch)`. */
export interface CorrectionProps<A extends object> {
  answers: A
  /** Words of what is wrong, by field. */
  errors: Readonly<Record<string, string>>
  convocatoria: Convocatoria | undefined
}
