/** The desk: accepting and publishing in one decision, who works on a submission, and who has it open. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { QueuePage, StaffItem } from '@/domain/staffRows'
import { type Actor, anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const word = (verdict: { status: string; code?: string; field?: string }) =>
  [verdict.code ?? verdict.status, verdict.field].filter(Boolean).join(' ')
const item = (actor: Actor, id: string) =>
  callAs(db, actor, 'review_item', { p_id: id }) as Promise<StaffItem>
const BOTH = 'accept_publish'

describe('accepting and publishing in one decision', () => {
  const undo = (actor: Actor, id: string, event_id: string) =>
    fx.applyOne(db, actor, fx.op('review.undo', id, { event_id }))

  test('it is two events of the history, one version and one letter, and its message is the public reply', async () => {
    const sent = await fx.submit(db, { email: `${randomUUID()}@correo.mx` })
    const { state, version, events } = await fx.decide(db, fx.moderator, sent.id, BOTH, {
      message: 'Se integra.',
    })
    expect([state, version]).toEqual(['published', 2])
    expect(events.map(({ kind, to_state, message }) => [kind, to_state, message])).toEqual([
      ['received', 'received', null],
      ['in_review', 'in_review', null],
      ['accept', 'accepted', null],
      ['publish', 'published', 'Se integra.'],
    ])
    const { rows } = await db.pool.query(
      'select 1 from app.mail_queue m where m.submission_id = $1 and m.event_id is not null',
      [sent.id],
    )
    expect(rows).toHaveLength(1)
    const page = (await callAs(db, anon, 'published_propuestas', { p_convocatoria: fx.OPEN })) as {
      items: { folio: string; reply: string }[]
    }
    expect(page.items.find(({ folio }) => folio === sent.row.folio)?.reply).toBe('Se integra.')
  })

  test('undoing it reverts both, takes the text back from the public, and its letter is never sent', async () => {
    const sent = await fx.submit(db, { email: `${randomUUID()}@correo.mx` })
    const { events } = await fx.decide(db, fx.moderator, sent.id, BOTH)
    expect(word(await undo(fx.moderator, sent.id, events.at(-1)!.id))).toBe('applied')
    const after = await item(fx.moderator, sent.id)
    expect([after.state, after.decisions]).toEqual(['in_review', ['request_correction', 'accept', 'reject']])
    expect(after.events.map(({ kind, to_state }) => [kind, to_state]).slice(-2)).toEqual([
      ['undone', 'accepted'],
      ['undone', 'in_review'],
    ])
    const { rows } = await db.pool.query(
      'select 1 from app.mail_queue m where m.submission_id = $1 and m.event_id is not null',
      [sent.id],
    )
    expect(rows).toHaveLength(0)
    expect((await fx.openFolio(db, sent.row.folio, sent.secret)).state).toBe('in_review')
  })

  test('undoing a publication that followed an acceptance leaves it accepted', async () => {
    const { id } = await fx.submit(db)
    await fx.decide(db, fx.moderator, id, 'accept')
    const { events } = await fx.decide(db, fx.moderator, id, 'publish')
    await undo(fx.moderator, id, events.at(-1)!.id)
    expect((await item(fx.moderator, id)).state).toBe('accepted')
  })

  test('without the consent nothing happens: it is not even accepted', async () => {
    const { id } = await fx.submit(db, { consents: [{ key: 'political_opinions', granted: true }] })
    const op = fx.op('review.decide', id, { decision: BOTH }, { expected_version: 1 })
    expect(word(await fx.applyOne(db, fx.moderator, op))).toBe('publication_not_authorised decision')
    expect((await item(fx.moderator, id)).state).toBe('received')
  })

  test('it needs a submission that waits for a decision', async () => {
    const { id } = await fx.submit(db)
    await fx.decide(db, fx.moderator, id, 'accept')
    const op = fx.op('review.decide', id, { decision: BOTH }, { expected_version: 2 })
    expect(word(await fx.applyOne(db, fx.moderator, op))).toBe('transition_invalid decision')
  })
})

describe('assigning', () => {
  const assign = async (actor: Actor, id: string, to: unknown) =>
    word(await fx.applyOne(db, actor, fx.op('desk.assign', id, { to })))
  const moderatorId = () => (fx.moderator as { sub: string }).sub

  test('a member takes a submission, gives it to another and leaves it, which changes neither state nor version', async () => {
    const { id } = await fx.submit(db)
    expect(await assign(fx.moderator, id, moderatorId())).toBe('applied')
    const taken = await item(fx.coordinator, id)
    expect([taken.assigned?.name, taken.state, taken.version]).toEqual([
      'Moderadora de ejemplo',
      'received',
      1,
    ])
    const page = (await callAs(db, fx.coordinator, 'review_queue', { p_search: taken.folio })) as QueuePage
    expect(page.items[0]?.assigned).toEqual({ id: moderatorId(), name: 'Moderadora de ejemplo' })
    expect(await assign(fx.coordinator, id, null)).toBe('applied')
    expect((await item(fx.coordinator, id)).assigned).toBeNull()
  })

  test('only members who decide on the campaign assign, and only to such members', async () => {
    const { id } = await fx.submit(db)
    expect(await assign(fx.auditor, id, moderatorId())).toBe('not_allowed')
    expect(await assign(fx.moderator, id, randomUUID())).toBe('assignee_unknown to')
    expect(await assign(fx.moderator, id, 'yo')).toBe('malformed_op to')
    expect(await assign(fx.moderator, randomUUID(), moderatorId())).toBe('not_allowed')
  })
})

describe('a submission that others have open', () => {
  const note = async (actor: Actor, id: string, open = true) =>
    ((await callAs(db, actor, 'note_open_review', { p_id: id, p_open: open })) as { others: string[] }).others

  test('each is told of the others until they close it or stop repeating it', async () => {
    const { id } = await fx.submit(db)
    expect(await note(fx.moderator, id)).toEqual([])
    expect(await note(fx.coordinator, id)).toEqual(['Moderadora de ejemplo'])
    await note(fx.moderator, id, false)
    expect(await note(fx.coordinator, id)).toEqual([])
    await note(fx.moderator, id)
    await fx.setClock(db, new Date(Date.now() + 46_000).toISOString())
    expect(await note(fx.coordinator, id)).toEqual([])
  })

  test('nobody learns anything of an unknown submission, nor without a reading role', async () => {
    const { id } = await fx.submit(db)
    await expect(note(fx.doorVolunteer, id)).rejects.toThrow('not_allowed')
    await expect(note(fx.moderator, randomUUID())).rejects.toThrow('not_allowed')
  })

  test('the notes are swept after a minute', async () => {
    const { id } = await fx.submit(db)
    await note(fx.moderator, id)
    await fx.setClock(db, new Date(Date.now() + 61_000).toISOString())
    await callAs(db, service, 'run_due_jobs', {})
    const { rows } = await db.pool.query('select 1 from app.open_reviews where submission_id = $1', [id])
    expect(rows).toHaveLength(0)
  })
})
