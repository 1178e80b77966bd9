/**
 * The contract that the form of a kind fulfils. What the kinds share (steps, draft, errors, review,
 * sending) is in this folder; a kind says its own steps, fields, checks and payload.
 */
import { inject, type Component, type InjectionKey } from 'vue'
import type { CampaignKind } from '@/domain/kinds'
import type { OpKind } from '@/domain/ops'
import type { Convocatoria, Municipalities, Notice } from '@/domain/rows'
import type { CommonAnswers, Kept } from './answers'
import type { Words } from '../words'

/** What a draft is checked against. */
export interface FormMaterial {
  convocatoria: Convocatoria
  notice: Notice
  municipalities: Municipalities['items']
}

/** `field` is a control's id or a common field; `code` a refusal, or a word of this phone's alone. */
export interface Problem {
  field: string
  code: string
}

export interface SummaryRow {
  label: string
  value: string
  step: string
}

export interface CampaignForm<A extends CommonAnswers = CommonAnswers> {
  kind: CampaignKind
  submit: OpKind
  /** First segment of its addresses: `/c/<slug>/<path>/<draft>/<step>`. */
  path: string
  /** All its steps in order: `aviso` first, `revisa` last. */
  steps: readonly string[]
  /** Its fields in the order of the form, each with its step. `window` belongs to `revisa`. */
  stepOf: Readonly<Record<string, string>>
  /** Its own steps' screens; `aviso`, `nombre`, `sobre-ti`, `correo` and `permisos` exist here. */
  views: Readonly<Record<string, Component>>
  words: Words
  /** Whether these answers go through this step. */
  takes(step: string, answers: A, material: FormMaterial): boolean
  titleOf(step: string): string
  /** A new draft; `query` is what the campaign's page already asked. */
  empty(query: Kept): A
  /** Answers out of a draft of any age or of a refused payload. */
  read(kept: Kept): A
  /** Why this field stands in the way, or null. Hints: the server decides. */
  refuse(field: string, answers: A, material: FormMaterial, now: Date): string | null
  problemText(code: string): string
  /** The field of a refusal that came back from the server. */
  fieldOf(code: string, field: string | undefined): string
  toPayload(answers: A, material: FormMaterial, now: Date): object
  /** What this phone no longer has of these answers, as the change that says so; null when all is there. */
  lost?(draftId: string, answers: A): Promise<Partial<A> | null>
  /** Its own rows of «Revisa tus respuestas»; those of the common answers follow. */
  summary(answers: A, material: FormMaterial): SummaryRow[]
}

/** What each step's screen is given; it answers with `change(patch)`. */
export interface StepProps<A extends CommonAnswers = CommonAnswers> {
  answers: A
  material: FormMaterial
  /** Words of what is wrong, by field. */
  errors: Readonly<Record<string, string>>
  /** The submission's id from the start. */
  draftId: string
}

/** Everything that stands between this draft and its sending, in the order of the form. */
export const findProblems = (
  form: CampaignForm,
  answers: CommonAnswers,
  material: FormMaterial,
  now: Date,
): Problem[] =>
  Object.keys(form.stepOf).flatMap((field) => {
    const code = form.refuse(field, answers, material, now)
    return code ? [{ field, code }] : []
  })

/** The step on which a problem is mended. */
export const stepOfProblem = (form: CampaignForm, { field }: Problem): string =>
  form.stepOf[field] ?? 'revisa'

export const FORM: InjectionKey<CampaignForm> = Symbol('form')

/** The form whose step this is. */
export function useCampaignForm(): CampaignForm {
  const form = inject(FORM)
  if (!form) throw new Error('a step outside its form')
  return form
}

export const STORE: InjectionKey<() => Promise<boolean>> = Symbol('store')

/**
 * Stores the answers of this form now instead of a moment later: for a step that says that something is kept.
 * Resolves to whether they are stored; when not, the form says so.
 */
export function useStoreNow(): () => Promise<boolean> {
  const store = inject(STORE)
  if (!store) throw new Error('a step outside its form')
  return store
}
