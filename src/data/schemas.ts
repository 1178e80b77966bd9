/**
 * The shapes of the two answers that change the phone's tables. Rows are checked loosely, because a newer server may
 * add fields; whatever decides about an op or a cursor is checked strictly.
 */
import * as v from 'valibot'
import type { ApplyOpsAnswer, VerdictRow } from '@/domain/ops'
import type { PullAnswer } from '@/domain/pull'

// `looseObject` for every object and `custom` for every special value: each further schema costs the worker bytes.
const object = v.looseObject
const string = v.string()

/** The row of a verdict: a submission, a line of the door's list (with `submission_id`), or a day of the calendar. */
const row = v.custom<VerdictRow>((value) => {
  const { id, version, sequence } = (value ?? {}) as Record<string, unknown>
  return typeof version === 'number' || (typeof id === 'string' && typeof sequence === 'number')
})
// Null when the server could not read the op's id; such a verdict settles no op.
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

/** Whether `body` is an answer of `apply_ops`. */
export const isApplyAnswer = (body: unknown): body is ApplyOpsAnswer => v.is(applyAnswer, body)

/** Whether `body` is an answer of `pull_changes`. */
export const isPullAnswer = (body: unknown): body is PullAnswer => v.is(pullAnswer, body)
