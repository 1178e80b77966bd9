/**
 * The contract of a kind's form. This folder has what all kinds share: steps, draft, errors, review and sending. A
 * kind defines its own steps, fields, checks and payload.
 */
import { inject, onScopeDispose, ref, type Component, type InjectionKey, type Ref, watchEffect } from 'vue'
import type { CampaignKind } from '@/domain/kinds'
import type { OpKind } from '@/domain/ops'
import type { Convocatoria, Municipalities, Notice } from '@/domain/rows'
import type { CommonAnswers, Stored } from './answers'
import type { Words } from '../words'

/** The published data that a draft is checked against. */
export interface FormMaterial {
  convocatoria: Convocatoria
  notice: Notice
  municipalities: Municipalities['items']
}

/** `field`: a control's id or a common field. `code`: a refusal of the server, or a code that only this phone uses. */
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
  /** The segment of the form's addresses: `/c/<slug>/<path>/<draft>/<step>`. */
  path: string
  /** All steps in order: `aviso` first, `revisa` last. */
  steps: readonly string[]
  /** The step of each field, in the order of the form. `window` belongs to `revisa`. */
  stepOf: Readonly<Record<string, string>>
  /** Steps that drafts of earlier versions may stand on: the step that asks the same now. Those of all kinds are common. */
  moved?: Readonly<Record<string, string>>
  /** The components of the kind's own steps. `aviso`, `sobre-ti` and `permisos` are common. */
  views: Readonly<Record<string, Component>>
  words: Words
  /** Whether this step applies to these answers. */
  applies(step: string, answers: A, material: FormMaterial): boolean
  /** What these answers are asked, where a notice asks one thing of some and another of others. */
  materialOf?(material: FormMaterial, answers: A): FormMaterial
  titleOf(step: string): string
  /** The answers of a new draft. `query` has the answers that the campaign's page already asked for. */
  empty(query: Stored): A
  /** The answers from a draft of any version or a refused payload. */
  read(stored: Stored): A
  /** Why this field prevents sending, or null. A hint: the server decides. */
  refuse(field: string, answers: A, material: FormMaterial, now: Date): string | null
  problemText(code: string): string
  /** The field of a refusal by the server. */
  fieldOf(code: string, field: string | undefined): string
  toPayload(answers: A, material: FormMaterial, now: Date): object
  /** The change that clears answers whose data is missing on this phone; null when all data is there. */
  clearMissing?(draftId: string, answers: A): Promise<Partial<A> | null>
  /** The kind's own rows of «Revisa tus respuestas». The rows of the common answers follow. */
  summary(answers: A, material: FormMaterial): SummaryRow[]
}

/** The props of a step's component, which emits `change(patch)`. */
export interface StepProps<A extends CommonAnswers = CommonAnswers> {
  answers: A
  material: FormMaterial
  /** Error text by field. */
  errors: Readonly<Record<string, string>>
  /** The id of the draft and of the later submission. */
  draftId: string
}

/** All problems that prevent sending this draft, in the order of the form. */
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

/** The step on which a person fixes a problem. */
export const stepOfProblem = (form: CampaignForm, { field }: Problem): string =>
  form.stepOf[field] ?? 'revisa'

/** Injection key of the form around a step. */
export const FORM: InjectionKey<CampaignForm> = Symbol('form')

/** The form around this step. Call it in a setup. Throws outside a form. */
export function useCampaignForm(): CampaignForm {
  const form = inject(FORM)
  if (!form) throw new Error('a step outside its form')
  return form
}

/** Injection key of whether the step shows a primary button of its own. */
export const ACTS: InjectionKey<Ref<boolean>> = Symbol('acts')

/** Makes «Continuar» a secondary button while the step has a primary one of its own. Does nothing outside a form. */
export function useOwnAction(hasOne: () => boolean): void {
  const acts = inject(ACTS, ref(false))
  watchEffect(() => (acts.value = hasOne()))
  onScopeDispose(() => (acts.value = false))
}

/** Injection key of the function that saves the draft now. */
export const FLUSH: InjectionKey<() => Promise<boolean>> = Symbol('flush')

/**
 * Returns a function that saves the answers of this form at once, without the delay of the autosave. A step calls it
 * before it says that something is saved. Resolves to whether they are saved; if not, the form shows it.
 */
export function useFlush(): () => Promise<boolean> {
  const flush = inject(FLUSH)
  if (!flush) throw new Error('a step outside its form')
  return flush
}
