/**
 * The shape of the two answers that change what the phone keeps. Rows are checked loosely (a newer server
 * may add fields); what decides over an op or a cursor is checked strictly.
 */
import * as v from 'valibot'
import type { ApplyOpsAnswer, VerdictRow } from '@/domain/ops'
import type { PullAnswer } from '@/domain/pull'

// One way of checking objects and one for all that has no schema of its own: each costs the worker bytes.
const object = v.looseObject
const string = v.string()

/** What a verdict is about: a submission, a line at the door (of a `submission_id`), or a day of the calendar. */
const row = v.custom<VerdictRow>((value) => {
  const { id, version, sequence } = (value ?? {}) as Record<string, unknown>
  return typeof version === 'number' || (typeof id === 'string' && typeof sequence === 'number')
})
// Null where the server could not even read the op's id; such a verdict settles nothing here.
const op_id = v.nullable(string)
const matches = (form: RegExp) => v.custom<string>((value) => typeof value === 'string' && form.test(value))
const xid = matches(/^\d+$/u)
const seconds = v.custom<number>((value) => typeof value === 'number' && value >= 0)

const applyAnswer = object({
  now: string,
  verdicts: v.array(
    v.union([
      object({ op_id, status: v.literal('applied'), row: v.nullable(row), xid }),
      object({ op_id, status: v.literal('refused'), code: string, field: v.nullish(string) }),
      object({ op_id, status: v.literal('conflict'), row, xid }),
      object({ op_id, status: v.literal('retry'), after_ms: seconds, code: string }),
    ]),
  ),
})

const change = v.union([
  object({ op: v.literal('put'), entity: string, id: string, row: object({}) }),
  object({ op: v.literal('remove'), entity: string, id: string }),
])
const scope = { scope: matches(/^(public|mine)$/u), id: v.nullish(string) }

const pullAnswer = object({
  now: string,
  epoch: string,
  watermark_age: seconds,
  pulls: v.array(
    v.union([
      object({
        ...scope,
        status: v.literal('ok'),
        reset: v.boolean(),
        more: v.boolean(),
        cursor: matches(/^\d+\.\d+/u),
        changes: v.array(change),
      }),
      object({ ...scope, status: v.literal('denied') }),
    ]),
  ),
})

/** Whether this is what `apply_ops` answers. */
export const isApplyAnswer = (body: unknown): body is ApplyOpsAnswer => v.is(applyAnswer, body)

/** Whether this is what `pull_changes` answers. */
export const isPullAnswer = (body: unknown): body is PullAnswer => v.is(pullAnswer, body)
