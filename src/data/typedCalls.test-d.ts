/**
 * Type test: vue-tsc compiles it and nothing runs it. `npm run check` fails when a line after `@ts-expect-error`
 * compiles.
 */
import { expectTypeOf } from 'vitest'
import type { Bootstrap, SubmissionRow } from '@/domain/rows'
import type { QueuePage, StaffItem } from '@/domain/staffRows'
import type { PullAnswer } from '@/domain/pull'
import type { Answers, JsonArguments } from '@/domain/wire'
import type { Database } from './database.types'
import { type FunctionName, rpc, rpcGet } from './rpc'
import { isApplyAnswer, isPullAnswer } from './schemas'
import { answerOf, supabase } from './staff/client'

type Functions = Database['public']['Functions']
type WithAnswer = { [F in FunctionName]: Functions[F]['Returns'] extends undefined ? never : F }[FunctionName]

/** `Answers` has exactly the functions that return an answer. */
expectTypeOf<keyof Answers>().toEqualTypeOf<WithAnswer>()
expectTypeOf<Exclude<keyof JsonArguments, FunctionName>>().toBeNever()

export function answersHaveTheTypesOfTheServer() {
  const link = { p_folio: 'f', p_secret: 's' }
  expectTypeOf(rpc('open_folio', link)).resolves.toEqualTypeOf<SubmissionRow>()
  expectTypeOf(rpcGet('bootstrap')).resolves.toEqualTypeOf<Bootstrap>()
  expectTypeOf(answerOf(supabase.rpc('review_item', { p_id: 'x' }))).resolves.toEqualTypeOf<StaffItem>()
  expectTypeOf(answerOf(supabase.rpc('review_queue', {}))).resolves.toEqualTypeOf<QueuePage>()
}

export function guardsNarrowAnswers() {
  const pulled = rpc('pull_changes', { pulls: [] }, { accepts: isPullAnswer })
  expectTypeOf(pulled).resolves.toEqualTypeOf<PullAnswer>()
  // @ts-expect-error another function's guard
  void rpc('pull_changes', { pulls: [] }, { accepts: isApplyAnswer })
}

export function wrongNamesDoNotCompile() {
  // @ts-expect-error no such function
  void rpc('open_foli', { p_folio: '', p_secret: '' })
  // @ts-expect-error no such function
  void rpcGet('bootstrp')
  // @ts-expect-error a private read must not put its secret in an address
  void rpcGet('open_folio', { p_folio: '', p_secret: '' })
  // @ts-expect-error no such function
  void supabase.rpc('review_itm', { p_id: '' })
  // @ts-expect-error no such Edge Function
  void supabase.functions.invoke('accept-invitatio', { body: { token: '', password: '' } })
}

export function wrongArgumentsDoNotCompile() {
  // @ts-expect-error the secret is missing
  void rpc('open_folio', { p_folio: '' })
  // @ts-expect-error no such argument
  void rpc('open_folio', { p_folio: '', p_secrt: '' })
  // @ts-expect-error the other fields of an op are missing
  void rpc('apply_ops', { ops: [{ op_id: 'x' }] })
  // @ts-expect-error the id and the secret of a private scope are missing
  void rpc('pull_changes', { pulls: [{ scope: 'mine', cursor: null }] })
  // @ts-expect-error the convocatoria is missing
  void rpcGet('published_videos')
  // @ts-expect-error no such argument
  void supabase.rpc('review_item', { p_idd: '' })
  // @ts-expect-error the id is missing
  void supabase.rpc('review_item')
  // @ts-expect-error the id cannot be null
  void supabase.rpc('review_item', { p_id: null })
  // @ts-expect-error one argument too many
  void supabase.rpc('review_item', { p_id: '', p_other: '' })
  // @ts-expect-error the function has no arguments
  void supabase.rpc('staff_me', { p_id: '' })
  // @ts-expect-error states are a list
  void supabase.rpc('review_queue', { p_states: 'received' })
  // @ts-expect-error the password is missing
  void supabase.functions.invoke('accept-invitation', { body: { token: '' } })
}

export async function wrongAnswersDoNotCompile() {
  // @ts-expect-error another function's answer
  const page: QueuePage = await answerOf(supabase.rpc('review_item', { p_id: '' }))
  // @ts-expect-error another function's answer
  const bootstrap: Bootstrap = await rpcGet('list_bodies')
  // @ts-expect-error the caller cannot choose the type of an answer
  const row = await rpc<SubmissionRow>('open_folio', { p_folio: '', p_secret: '' })
  return [page, bootstrap, row]
}

export function argumentsWithDefaultsMayBeLeftOutOrNull() {
  void supabase.rpc('review_queue', { p_search: null })
  void supabase.rpc('publish_convocatoria', { p_id: '', p_revision: 0, p_at: null })
}
