/** The contract of a kind's correction: the form in which an author changes what was sent, before review or when asked. */
import type { Component } from 'vue'
import type { OpKind } from '@/domain/ops'
import type { Convocatoria, SubmissionRow } from '@/domain/rows'
import type { Stored } from './answers'
import type { Problem } from './campaignForm'

/** What the status page shows of a kind's correction. Its form is fetched when the person opens it. */
export interface Correction {
  /** Shows one of two versions to choose from. Props `content` (the part that can be changed), `convocatoriaId`. */
  Version: Component
  /** Whether the author may still add what they left for later, and nothing else. Absent: never. */
  adds?(row: Pick<SubmissionRow, 'state' | 'content'>): boolean
  fetchForm(): Promise<CorrectionForm>
}

/** `A`: the answers of its page. Without the convocatoria on this phone, only the server checks what refers to it. */
export interface CorrectionForm<A extends object = object> {
  op: OpKind
  /** Props `answers`, `errors` (words by field), `convocatoria`; emits `change(patch)`. */
  Fields: Component
  /** The answers from sent content, a draft of this page or a refused change; undefined when there are none. */
  read(stored: Stored): A | undefined
  /** Why the change cannot be sent yet, in the order of the page. A hint: the server decides. */
  findProblems(answers: A, convocatoria: Convocatoria | undefined): Problem[]
  problemText(code: string): string
  toPayload(answers: A, convocatoria: Convocatoria | undefined): object
}

/** The props of a correction's fields, which emit `change(patch)`. */
export interface CorrectionProps<A extends object> {
  answers: A
  /** Error text by field. */
  errors: Readonly<Record<string, string>>
  convocatoria: Convocatoria | undefined
  /** Whether only what was left for later can be added (`adds`). */
  adding?: boolean
}
