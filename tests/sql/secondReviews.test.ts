/** The second review of a rejection: once, within its dates, answered by another member. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { DeskAlert, SecondReviewItem, StaffItem } from '@/domain/staffRows'
import { type Actor, anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
let other: Actor
beforeAll(async () => {
  db = await createTestDatabase()
  other = await fx.addStaff(db, 'moderator')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const WHY = { message: 'Lo leímos otra vez, con calma.' }
const REJECT = { reason_code: 'off_topic', message: 'No trata del tema.' }
const word = (verdict: { status: string; code?: string; field?: string }) =>
  [verdict.code ?? verdict.status, verdict.field].filter(Boolean).join(' ')
const item = (actor: Actor, id: string) =>
  callAs(db, actor, 'review_item', { p_id: id }) as Promise<StaffItem>
const list = (actor: Actor) =>
  callAs(db, actor, 'list_second_reviews') as Promise<{ count: number; items: SecondReviewItem[] }>
const mine = async (actor: Actor, id: string) => (await list(actor)).items.find((one) => one.id === id)
const ask = async (sent: fx.Sent, secret = sent.secret) =>
  word(await fx.applyOne(db, anon, fx.op('submission.ask_review', sent.id, {}, { secret })))
const row = (sent: fx.Sent) => fx.openFolio(db, sent.row.folio, sent.secret)
async function answer(actor: Actor, id: string, payload: object) {
  const { version } = await item(fx.auditor, id)
  return word(
    await fx.applyOne(db, actor, fx.op('review.decide', id, payload, { expected_version: version })),
  )
}
async function rejected(): Promise<fx.Sent> {
  const sent = await fx.submit(db, { email: `${randomUUID()}@correo.mx` })
  await fx.decide(db, fx.moderator, sent.id, 'reject', REJECT)
  return sent
}
async function asked(): Promise<fx.Sent> {
  const sent = await rejected()
  expect(await ask(sent)).toBe('applied')
  return sent
}
const lastDay = async (from: string) =>
  (
    await db.pool.query<{ at: string }>(`select to_json(app.business_deadline($1, 10)) #>> '{}' as at`, [
      from,
    ])
  ).rows[0]!.at
const rejectedAt = async ({ id }: fx.Sent) =>
  (
    await db.pool.query<{ at: string }>(
      `select to_json(at) #>> '{}' as at from app.review_events where submission_id = $1 and kind = 'reject'`,
      [id],
    )
  ).rows[0]!.at

describe('asking', () => {
  test('a rejection names the last day to ask and the latest day of an answer, ten business days each', async () => {
    const sent = await rejected()
    const until = await lastDay(await rejectedAt(sent))
    expect((await row(sent)).second_review).toEqual({ until, answer_by: await lastDay(until) })
  })

  test('asking keeps it rejected, dates the answer, and tells author and staff', async () => {
    const sent = await asked()
    const { state, version, second_review, messages } = await row(sent)
    expect([state, version]).toEqual(['rejected', 3])
    expect(second_review).toEqual({
      asked_at: expect.any(String) as string,
      answer_by: await lastDay(second_review!.asked_at!),
    })
    expect(messages.at(-1)).toMatchObject({ from: 'author', state: 'rejected', text: null })
    expect(await mine(other, sent.id)).toMatchObject({
      folio: sent.row.folio,
      second_review_by: second_review!.answer_by,
      may_answer: true,
    })
    expect((await item(other, sent.id)).second_review_by).toBe(second_review!.answer_by)
  })

  test('it can be asked for until the end of the tenth business day, and not after it', async () => {
    const [first, second] = [await rejected(), await rejected()]
    const end = await lastDay(await rejectedAt(second))
    await fx.setClock(db, end)
    expect(await ask(first)).toBe('applied')
    await fx.setClock(db, await fx.shift(db, end, '1 second'))
    expect(await ask(second)).toBe('second_review_late')
    expect((await row(second)).second_review).toBeUndefined()
  })

  test('a holiday of the institution moves both dates', async () => {
    const sent = await rejected()
    const before = (await row(sent)).second_review!
    await db.pool.query(
      `insert into app.holidays (day, name) select app.local_day($1::timestamptz), 'Prueba'`,
      [before.until],
    )
    const after = (await row(sent)).second_review!
    expect(after.until! > before.until!).toBe(true)
    await db.pool.query(`delete from app.holidays where name = 'Prueba'`)
  })

  test('it is asked for once, also after another rejection, and a repeated op counts as the same', async () => {
    const sent = await rejected()
    const op = fx.op('submission.ask_review', sent.id, {}, { secret: sent.secret })
    expect(word(await fx.applyOne(db, anon, op))).toBe('applied')
    expect(word(await fx.applyOne(db, anon, op))).toBe('applied')
    expect(await ask(sent)).toBe('second_review_used')
    expect(await answer(other, sent.id, { decision: 'reopen', ...WHY })).toBe('applied')
    expect(await answer(other, sent.id, { decision: 'reject', ...REJECT })).toBe('applied')
    expect(await ask(sent)).toBe('second_review_used')
  })

  test('after a reopening, the ten days count from the later rejection', async () => {
    const sent = await rejected()
    const first = (await row(sent)).second_review!.until!
    await fx.decide(db, fx.coordinator, sent.id, 'reopen', WHY)
    await fx.setClock(db, await fx.shift(db, first, '1 day'))
    await fx.decide(db, fx.moderator, sent.id, 'reject', REJECT)
    expect((await row(sent)).second_review!.until! > first).toBe(true)
    expect(await ask(sent)).toBe('applied')
  })

  test('of a submission whose words were erased nobody asks for it', async () => {
    const sent = await rejected()
    await db.pool.query('update app.submissions set content_erased_at = app.now() where id = $1', [sent.id])
    expect((await row(sent)).second_review).toBeUndefined()
    expect(await ask(sent)).toBe('submission_erased')
  })

  test('only the author asks, and only of a rejection', async () => {
    const sent = await rejected()
    expect(await ask(sent, fx.newSecret())).toBe('submission_unknown')
    const open = await fx.submit(db)
    expect(await ask(open)).toBe('transition_invalid')
    await fx.decide(db, fx.moderator, open.id, 'accept')
    expect(await ask(open)).toBe('transition_invalid')
    expect((await row(open)).second_review).toBeUndefined()
  })
})

describe('answering', () => {
  test.each([
    ['uphold', 'rejected'],
    ['reopen', 'in_review'],
    ['accept', 'accepted'],
  ])(
    'the member who rejected is refused the answer %s, and another one gives it',
    async (decision, state) => {
      const sent = await asked()
      expect((await item(fx.moderator, sent.id)).amendments).toEqual([])
      expect((await mine(fx.moderator, sent.id))?.may_answer).toBe(false)
      expect(await answer(fx.moderator, sent.id, { decision, ...WHY })).toBe(
        'second_person_required decision',
      )
      expect((await item(other, sent.id)).amendments).toEqual(['accept', 'reopen', 'uphold'])
      expect(await answer(other, sent.id, { decision, ...WHY })).toBe('applied')
      const after = await row(sent)
      expect(after.state).toBe(state)
      expect(after.second_review).toMatchObject({
        outcome: decision,
        answered_at: expect.any(String) as string,
      })
      expect(after.messages.at(-1)).toMatchObject({ from: 'staff', state, text: WHY.message })
      expect(await mine(other, sent.id)).toBeUndefined()
      const { rows } = await db.pool.query(
        `select 1 from app.mail_queue m join app.review_events e on e.id = m.event_id
       where m.submission_id = $1 and e.kind = $2`,
        [sent.id, decision],
      )
      expect(rows).toHaveLength(1)
    },
  )

  test('only those who decide answer: an administrator, an auditor and a member elsewhere do not', async () => {
    const elsewhere = await fx.addStaff(db, 'coordinator', { convocatoria: fx.HISTORIC })
    const sent = await asked()
    for (const actor of [fx.admin, fx.auditor, elsewhere, fx.stranger, anon])
      expect(await answer(actor, sent.id, { decision: 'uphold', ...WHY })).toBe('not_allowed')
    expect((await item(fx.admin, sent.id)).amendments).toEqual([])
    expect((await mine(fx.auditor, sent.id))?.may_answer).toBe(false)
    expect(await mine(elsewhere, sent.id)).toBeUndefined()
    expect(await answer(fx.coordinator, sent.id, { decision: 'uphold', ...WHY })).toBe('applied')
  })

  test('a confirmation needs words and is final, and no rejection is confirmed that nobody asked to review', async () => {
    const sent = await rejected()
    expect(await answer(other, sent.id, { decision: 'uphold', ...WHY })).toBe('transition_invalid decision')
    await ask(sent)
    expect(await answer(other, sent.id, { decision: 'uphold' })).toBe('message_required message')
    expect(await answer(other, sent.id, { decision: 'uphold', ...WHY })).toBe('applied')
    expect(await answer(fx.coordinator, sent.id, { decision: 'reopen', ...WHY })).toBe(
      'transition_invalid decision',
    )
    expect((await item(fx.coordinator, sent.id)).amendments).toEqual([])
  })

  test('after a reopening, the member who rejected first does not reject again', async () => {
    const sent = await asked()
    await answer(other, sent.id, { decision: 'reopen', ...WHY })
    expect(await answer(fx.moderator, sent.id, { decision: 'reject', ...REJECT })).toBe(
      'second_person_required decision',
    )
    expect(await answer(fx.moderator, sent.id, { decision: 'accept' })).toBe('applied')
  })

  test('undoing an answer within its minute opens the second review again', async () => {
    const sent = await asked()
    expect(await answer(other, sent.id, { decision: 'uphold', ...WHY })).toBe('applied')
    const { events } = await item(other, sent.id)
    const undo = fx.op('review.undo', sent.id, { event_id: events.at(-1)!.id })
    expect(word(await fx.applyOne(db, other, undo))).toBe('applied')
    expect((await row(sent)).second_review).not.toHaveProperty('outcome')
    expect(await mine(other, sent.id)).toMatchObject({ may_answer: true })
  })

  test('a submission that its author withdrew waits for no answer', async () => {
    const sent = await asked()
    await fx.applyOne(db, anon, fx.op('submission.withdraw', sent.id, {}, { secret: sent.secret }))
    expect(await mine(other, sent.id)).toBeUndefined()
    await fx.applyOne(db, anon, fx.op('submission.undo_withdraw', sent.id, {}, { secret: sent.secret }))
    expect(await mine(other, sent.id)).toMatchObject({ may_answer: true })
  })
})

describe('telling staff', () => {
  const told = async (actor: Actor) => {
    const { items } = (await callAs(db, actor, 'desk_alerts')) as { items: DeskAlert[] }
    return items.find(({ kind, convocatoria_id: id }) => kind === 'second_review' && id === fx.OPEN)
  }
  const count = async (actor: Actor) => (await told(actor))?.count ?? 0
  const letters = async () => {
    await db.pool.query('delete from app.alert_letters where true')
    await callAs(db, service, 'run_due_jobs', {})
    const { rows } = await db.pool.query<{ body: string }>(
      `select body from app.mail_queue where subject like 'Revise%' and body like '%segunda%' and sent_at is null`,
    )
    return rows.map(({ body }) => body)
  }
  /** The afternoon before the first answer is due. */
  const dayBefore = async (by: string) =>
    fx.setClock(db, new Date(new Date(by).getTime() - 30 * 3_600_000).toISOString())

  test('the desk counts for each member what they may answer, and says what is due within two business days', async () => {
    const elsewhere = await fx.addStaff(db, 'coordinator', { convocatoria: fx.HISTORIC })
    const actors = [other, fx.coordinator, fx.moderator, fx.admin, fx.auditor, elsewhere]
    const counts = () => Promise.all(actors.map(count))
    const before = await counts()
    const sent = await asked()
    const more = (await counts()).map((now, index) => now - before[index]!)
    expect(more).toEqual([1, 1, 0, 0, 0, 0])
    const { soon, by } = (await told(other))!
    const dates = (await list(other)).items.flatMap((one) => (one.may_answer ? one.second_review_by : []))
    expect([soon, by]).toEqual([0, dates[0]])
    await dayBefore(by!)
    expect((await told(other))!.soon).toBe(dates.filter((date) => date === by).length)
    await fx.setClock(db, null)
    await answer(other, sent.id, { decision: 'uphold', ...WHY })
    expect(await counts()).toEqual(before)
  })

  test('the daily letter to the coordinators names only what is due soon', async () => {
    await asked()
    expect(await letters()).toEqual([])
    await dayBefore((await told(other))!.by!)
    const [body] = await letters()
    expect(body).toMatch(/segundas? revisi(ón|ones) se deben? responder/)
  })
})
