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

describe('the filters of the queue', () => {
  const OPEN_STATES = '{received,in_review,accepted}'
  const page = (filter: object, more: object = {}) =>
    callAs(db, fx.moderator, 'review_queue', {
      p_convocatoria: fx.OPEN,
      p_states: OPEN_STATES,
      p_filter: filter,
      ...more,
    }) as Promise<QueuePage>
  const found = async (filter: object, more: object = {}) =>
    (await page(filter, more)).items.map(({ id }) => id)
  /** The positions, among these ids, of what a filter finds of them. */
  const among = async (ids: string[], filter: object, more: object = {}) =>
    (await found(filter, more)).flatMap((id) => (ids.includes(id) ? [ids.indexOf(id)] : []))

  test('they narrow by municipality, sector, part, and whether it helps, together and with a search', async () => {
    const { rows: parts } = await db.pool.query<{ id: string }>(
      `select id from app.parts where convocatoria_id = $1 and kind = 'action' order by number limit 2`,
      [fx.OPEN],
    )
    const [first, second] = parts.map(({ id }) => id) as [string, string]
    const sent = [
      await fx.submit(db, { municipality: '15106', sector: 'academia', part_id: first, helps: 'yes' }),
      await fx.submit(db, { municipality: '15106', sector: 'empresa', part_id: second, helps: 'no' }),
      await fx.submit(db, { municipality: 'fuera', sector: 'empresa', part_id: null, helps: null }),
    ]
    const ids = sent.map(({ id }) => id)
    expect(await among(ids, { municipality: '15106' })).toEqual([0, 1])
    expect(await among(ids, { municipality: 'fuera' })).toEqual([2])
    expect(await among(ids, { sector: 'empresa' })).toEqual([1, 2])
    expect(await among(ids, { part: first })).toEqual([0])
    expect(await among(ids, { helps: 'no' })).toEqual([1])
    expect(await among(ids, { municipality: '15106', sector: 'empresa' })).toEqual([1])
    expect(await among(ids, { municipality: '15106', helps: 'partly' })).toEqual([])
    expect(await among(ids, { sector: 'empresa' }, { p_search: sent[1]!.row.folio })).toEqual([1])
    expect(await among(ids, { sector: 'academia' }, { p_search: sent[1]!.row.folio })).toEqual([])
    expect(await among(ids, { sector: 'empresa' }, { p_search: 'Toluca' })).toEqual([1])
  })

  test('a corrected part is found by the new one only', async () => {
    const { rows } = await db.pool.query<{ id: string }>(
      `select id from app.parts where convocatoria_id = $1 and kind = 'action' order by number limit 2`,
      [fx.OPEN],
    )
    const [before, after] = rows.map(({ id }) => id) as [string, string]
    const { id, secret } = await fx.submit(db, { part_id: before, helps: 'yes' })
    expect(await among([id], { part: before })).toEqual([0])
    await fx.decide(db, fx.moderator, id, 'request_correction', { message: 'Falta un dato.' })
    const corrected = { body: 'Una propuesta corregida por su autora', part_id: after, helps: 'no' }
    const op = fx.op('propuesta.correct', id, corrected, { secret, expected_version: 2 })
    expect(word(await fx.applyOne(db, anon, op))).toBe('applied')
    expect([await among([id], { part: before }), await among([id], { part: after })]).toEqual([[], [0]])
  })

  test('«mine» and «nobody’s» follow the assignments, and each member has their own', async () => {
    const ids = [(await fx.submit(db)).id, (await fx.submit(db)).id]
    const to = (fx.moderator as { sub: string }).sub
    await fx.applyOne(db, fx.coordinator, fx.op('desk.assign', ids[1]!, { to }))
    expect(await among(ids, { only: 'mine' })).toEqual([1])
    expect(await among(ids, { only: 'unassigned', order: 'newest' })).toEqual([0])
    const others = (await callAs(db, fx.coordinator, 'review_queue', {
      p_filter: { only: 'mine' },
    })) as QueuePage
    expect(others.items).toEqual([])
  })

  test('the order is kept from page to page, and no submission comes twice or is missing', async () => {
    const { rows } = await db.pool.query<{ late: string }>(
      `select (closes_at + interval '1 hour')::text as late from app.convocatorias where id = $1`,
      [fx.OPEN],
    )
    await fx.setClock(db, rows[0]!.late)
    const late = [(await fx.submit(db)).id, (await fx.submit(db)).id]
    await fx.setClock(db, null)
    expect((await among(late, { late: 'true' })).toSorted()).toEqual([0, 1])
    const all = async (filter: object) => {
      const ids: string[] = []
      for (let next: string | null | undefined; next !== null;) {
        const got: QueuePage = await page(filter, { p_after: next ?? null, p_states: null })
        ids.push(...got.items.map(({ id }) => id))
        next = got.next
      }
      return ids
    }
    while ((await all({})).length < 65) await fx.submit(db)
    const oldest = await all({ order: 'oldest' })
    expect(await all({ order: 'newest' })).toEqual(oldest.toReversed())
    expect(await all({ order: 'due' })).toEqual(oldest)
    const isLate = (id: string) => late.includes(id)
    expect(await all({ order: 'late' })).toEqual([
      ...oldest.filter(isLate),
      ...oldest.filter((id) => !isLate(id)),
    ])
  })

  test('a first page counts what is due, mine and nobody’s, and what is due is found', async () => {
    const { id } = await fx.submit(db)
    const before = (await page({})).tabs!
    expect(before.due).toBe(0)
    expect(await found({ only: 'due' })).toEqual([])
    await fx.applyOne(
      db,
      fx.moderator,
      fx.op('desk.assign', id, { to: (fx.moderator as { sub: string }).sub }),
    )
    const { rows } = await db.pool.query<{ answer_by: string }>(
      'select answer_by::text from app.convocatorias where id = $1',
      [fx.OPEN],
    )
    await fx.setClock(db, rows[0]!.answer_by)
    const { tabs, counts } = await page({})
    expect(tabs!.mine).toBe(before.mine! + 1)
    expect(tabs!.due).toBe((counts.received ?? 0) + (counts.in_review ?? 0) + (counts.accepted ?? 0))
    expect((await found({ only: 'due' })).length).toBeGreaterThan(0)
  })

  test.each([[{ colour: 'red' }], [{ only: 'theirs' }], [{ order: 'random' }], [{ sector: "a'b" }]])(
    'the filter %j is refused',
    (filter) => expect(page(filter)).rejects.toThrow('malformed_op'),
  )
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
    await fx.setClock(db, new Date(Date.now() + 140_000).toISOString())
    expect(await note(fx.coordinator, id)).toEqual(['Moderadora de ejemplo'])
    await fx.setClock(db, new Date(Date.now() + 151_000).toISOString())
    expect(await note(fx.coordinator, id)).toEqual([])
  })

  test('nobody learns anything of an unknown submission, nor without a reading role', async () => {
    const { id } = await fx.submit(db)
    await expect(note(fx.doorVolunteer, id)).rejects.toThrow('not_allowed')
    await expect(note(fx.moderator, randomUUID())).rejects.toThrow('not_allowed')
  })

  test('the notes are swept after three minutes', async () => {
    const { id } = await fx.submit(db)
    await note(fx.moderator, id)
    await fx.setClock(db, new Date(Date.now() + 181_000).toISOString())
    await callAs(db, service, 'run_due_jobs', {})
    const { rows } = await db.pool.query('select 1 from app.open_reviews where submission_id = $1', [id])
    expect(rows).toHaveLength(0)
  })
})
