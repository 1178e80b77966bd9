/**
 * The shape of the two answers that change what the phone keeps. Rows are checked loosely (a newer server
 * may add fields); what decides over an op or a cursor is checked strictly.
 */
import * as v from 'valibot'
import type { ApplyOpsAnswer } from '@/domain/ops'
import type { PullAnswer } from '@/domain/pull'

/** What a verdict is about: a submission, a line at the door (of a `submission_id`), or a day of the calendar. */
const row = v.union([
  v.looseObject({ version: v.number() }),
  v.looseObject({ id: v.string(), sequence: v.number() }),
])
// Null where the server could not even read the op's id; such a verdict settles nothing here.
const op_id = v.nullable(v.string())
const xid = v.pipe(v.string(), v.regex(/^\d+$/u))
const seconds = v.pipe(v.number(), v.minValue(0))

const applyAnswer = v.object({
  now: v.string(),
  verdicts: v.array(
    v.variant('status', [
      v.object({ op_id, status: v.literal('applied'), row: v.nullable(row), xid }),
      v.object({
        op_id,
        status: v.literal('refused'),
        code: v.string(),
        field: v.nullish(v.string()),
      }),
      v.object({ op_id, status: v.literal('conflict'), row }),
      v.object({ op_id, status: v.literal('retry'), after_ms: seconds, code: v.string() }),
    ]),
  ),
})

const change = v.variant('op', [
  v.object({ op: v.literal('put'), entity: v.string(), id: v.string(), row: v.looseObject({}) }),
  v.object({ op: v.literal('remove'), entity: v.string(), id: v.string() }),
])
const scope = { scope: v.picklist(['public', 'mine']), id: v.nullish(v.string()) }

const pullAnswer = v.object({
  now: v.string(),
  epoch: v.string(),
  watermark_age: seconds,
  pulls: v.array(
    v.variant('status', [
      v.object({
        ...scope,
        status: v.literal('ok'),
        reset: v.boolean(),
        more: v.boolean(),
        cursor: v.pipe(v.string(), v.regex(/^\d+\.\d+/u)),
        changes: v.array(change),
      }),
      v.looseObject({ ...scope, status: v.literal('denied') }),
    ]),
  ),
})

/** Whether this is what `apply_ops` answers. */
export const isApplyAnswer = (body: unknown): body is ApplyOpsAnswer => v.is(applyAnswer, body)

/** Whether this is what `pull_changes` answers. */
export const isPullAnswer = (body: unknown): body is PullAnswer => v.is(pullAnswer, body)
