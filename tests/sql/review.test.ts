/** Reviewing: who can read and decide, from which state, with which message, and how a decision is undone. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { QueuePage, StaffItem } from '@/domain/staffRows'
import { DECISIONS, decisionsFor, REASON_CODES, STATES } from '@/domain/states'
import {
  type Actor,
  anon,
  asActor,
  callAs,
  createTestDatabase,
  service,
  type TestDatabase,
} from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const REJECT = { decision: 'reject', reason_code: 'off_topic', message: 'No trata del tema de la consulta.' }
const attempt = async (
  actor: Actor,
  id: string,
  payload: unknown,
  expected_version: number | undefined = 1,
) => fx.sendOne(db, actor, fx.op('review.decide', id, payload, expected_version ? { expected_version } : {}))
const word = (verdict: { status: string; code?: string; field?: string }) =>
  [verdict.code ?? verdict.status, verdict.field].filter(Boolean).join(' ')
const queue = (actor: Actor, args: Record<string, unknown> = {}) =>
  callAs(db, actor, 'review_queue', args) as Promise<QueuePage>
const item = (actor: Actor, id: string) =>
  callAs(db, actor, 'review_item', { p_id: id }) as Promise<StaffItem>

describe('decisions', () => {
  test.each(STATES.flatMap((state) => DECISIONS.map((decision) => [state, decision] as const)))(
    'a submission in state %s accepts the decision %s only if the domain allows it',
    async (state, decision) => {
      const { id } = await fx.submit(db)
      await db.pool.query(
        'update app.submissions set state = $2, correction_until = now(), published_at = now() where id = $1',
        [id, state],
      )
      const verdict = await attempt(fx.moderator, id, { ...REJECT, decision })
      expect(word(verdict)).toBe(
        decisionsFor(state).includes(decision) ? 'applied' : 'transition_invalid decision',
      )
    },
  )

  test.each([
    ['a rejection without a reason', { ...REJECT, reason_code: undefined }, 'reason_required reason_code'],
    ['a rejection for an unknown reason', { ...REJECT, reason_code: 'boring' }, 'reason_unknown reason_code'],
    ['a rejection without a message', { ...REJECT, message: undefined }, 'message_required message'],
    ['a rejection with an empty message', { ...REJECT, message: ' \u200b ' }, 'message_required message'],
    ['a rejection with a message of 2,000 characters', { ...REJECT, message: '🙂'.repeat(2000) }, 'applied'],
    [
      'a rejection with a message of 2,001 characters',
      { ...REJECT, message: 'a'.repeat(2001) },
      'message_too_long message',
    ],
    ['a message of an escape character', { ...REJECT, message: '\u001b' }, 'message_required message'],
    [
      'a correction request without a message',
      { decision: 'request_correction' },
      'message_required message',
    ],
    ['an acceptance without a message', { decision: 'accept' }, 'applied'],
    ['no decision', {}, 'transition_invalid decision'],
    ['an unknown decision', { decision: 'burn' }, 'transition_invalid decision'],
    [
      'a duplicate without a folio',
      { ...REJECT, reason_code: 'duplicate' },
      'duplicate_unknown duplicate_of',
    ],
    [
      'a duplicate of an unknown folio',
      { ...REJECT, reason_code: 'duplicate', duplicate_of: 'PR-2026-999999-1' },
      'duplicate_unknown duplicate_of',
    ],
  ])('the database judges %s', async (_, payload, expected) => {
    const { id } = await fx.submit(db)
    expect(word(await attempt(fx.moderator, id, payload))).toBe(expected)
  })

  test.each(REASON_CODES.filter((code) => code !== 'duplicate'))(
    '%s is a valid reason for a rejection',
    async (reason_code) => {
      const { id } = await fx.submit(db)
      expect(word(await attempt(fx.moderator, id, { ...REJECT, reason_code }))).toBe('applied')
    },
  )

  test('a duplicate names another folio of the same campaign, not its own', async () => {
    const [first, second] = [await fx.submit(db), await fx.submit(db)]
    const payload = { ...REJECT, reason_code: 'duplicate' }
    expect(word(await attempt(fx.moderator, second.id, { ...payload, duplicate_of: second.row.folio }))).toBe(
      'duplicate_unknown duplicate_of',
    )
    expect(word(await attempt(fx.moderator, second.id, { ...payload, duplicate_of: first.row.folio }))).toBe(
      'applied',
    )
  })

  test('a decision on an outdated version is a conflict that carries the current item, also when repeated', async () => {
    const { id } = await fx.submit(db)
    await fx.decide(db, fx.moderator, id, 'accept')
    const op = fx.op('review.decide', id, REJECT, { expected_version: 1 })
    const verdict = await fx.applyOne(db, fx.coordinator, op)
    expect(verdict).toMatchObject({
      status: 'conflict',
      row: { id, state: 'accepted', version: 2, decisions: ['publish', 'not_select'] },
    })
    expect((await fx.applyOne(db, fx.coordinator, op)).status).toBe('conflict')
    expect((await fx.applyOne(db, fx.stranger, op)).status).toBe('refused')
  })

  test('a decision without a version is malformed', async () => {
    const { id } = await fx.submit(db)
    expect(word(await attempt(fx.moderator, id, REJECT, 0))).toBe('malformed_op expected_version')
  })

  test('of two concurrent decisions one is applied and the other is a conflict', async () => {
    const { id } = await fx.submit(db)
    const verdicts = await Promise.all([
      attempt(fx.moderator, id, { decision: 'accept' }),
      attempt(fx.coordinator, id, REJECT),
    ])
    expect(verdicts.map(({ status }) => status).sort()).toEqual(['applied', 'conflict'])
  })

  test('a decision on a received submission first records that it is in review', async () => {
    const { id } = await fx.submit(db)
    const { events } = await fx.decide(db, fx.moderator, id, 'accept', { message: 'Gracias.' })
    expect(
      events.map(({ kind, from_state, to_state, actor }) => [kind, from_state, to_state, actor]),
    ).toEqual([
      ['received', null, 'received', null],
      ['in_review', 'received', 'in_review', 'Moderadora de ejemplo'],
      ['accept', 'in_review', 'accepted', 'Moderadora de ejemplo'],
    ])
  })
})

describe('publishing', () => {
  test('publishing needs the author’s consent', async () => {
    const { id } = await fx.submit(db, { consents: [{ key: 'political_opinions', granted: true }] })
    await fx.decide(db, fx.moderator, id, 'accept')
    expect(word(await attempt(fx.moderator, id, { decision: 'publish' }, 2))).toBe(
      'publication_not_authorised decision',
    )
  })

  test('a published propuesta shows the reply, and a name only if the author gave one', async () => {
    const named = await fx.submit(db, { display_name: 'Ana Pérez', email: 'ana@correo.mx' })
    const anonymous = await fx.submit(db, { email: 'otra@correo.mx' })
    for (const { id } of [named, anonymous]) {
      await fx.decide(db, fx.moderator, id, 'accept', { message: 'Se integra a la acción.' })
      await fx.decide(db, fx.moderator, id, 'publish')
    }
    const page = (await callAs(db, anon, 'published_propuestas', { p_convocatoria: fx.OPEN })) as {
      items: { folio: string; name: string | null; reply: string }[]
    }
    expect(page.items.slice(0, 2).map(({ folio, name, reply }) => [folio, name, reply])).toEqual([
      [anonymous.row.folio, null, 'Se integra a la acción.'],
      [named.row.folio, 'Ana Pérez', 'Se integra a la acción.'],
    ])
    expect(JSON.stringify(page)).not.toContain('correo.mx')
  })

  test('published propuestas come in pages of 50, newest first, each once', async () => {
    await db.pool.query(`update app.submissions set state = 'not_selected' where state = 'published'`)
    const sent = []
    for (let i = 0; i < 53; i++) sent.push(await fx.submit(db))
    await db.pool.query(
      `update app.submissions set state = 'published', published_at = now() where id = any ($1)`,
      [sent.map(({ id }) => id)],
    )
    const first = (await callAs(db, anon, 'published_propuestas', { p_convocatoria: fx.OPEN })) as {
      items: { folio: string }[]
      next: string
    }
    const second = (await callAs(db, anon, 'published_propuestas', {
      p_convocatoria: fx.OPEN,
      p_after: first.next,
    })) as typeof first
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 3, null])
    expect(new Set([...first.items, ...second.items].map(({ folio }) => folio)).size).toBe(53)
    expect(
      await callAs(db, anon, 'published_propuestas', { p_convocatoria: fx.OPEN, p_after: 'basura' }),
    ).toEqual({ items: [], next: null })
  })
})

describe('undoing a decision', () => {
  /** The current minute: the seed's campaign is open around it, whatever the date. */
  const minute = Math.floor(Date.now() / 60_000) * 60_000
  const AT = new Date(minute).toISOString()
  const LAST_INSTANT = AT.replace('00.000Z', '59.999999Z')
  const A_MINUTE_LATER = new Date(minute + 60_000).toISOString()
  const undo = (actor: Actor, id: string, event_id: unknown) =>
    fx.applyOne(db, actor, fx.op('review.undo', id, { event_id }))
  async function decided(decision = 'accept') {
    const sent = await fx.submit(db, { email: `${randomUUID()}@correo.mx` })
    await fx.setClock(db, AT)
    const { events } = await fx.decide(db, fx.moderator, sent.id, decision, {
      message: 'Texto.',
      reason_code: 'other',
    })
    return { ...sent, event: events.at(-1)! }
  }

  test('a decision can be undone for one minute, to the microsecond', async () => {
    const { id, event } = await decided()
    expect(new Date(event.undo_until!)).toEqual(new Date(A_MINUTE_LATER))
    await fx.setClock(db, A_MINUTE_LATER)
    expect(word(await undo(fx.moderator, id, event.id))).toBe('undo_expired event_id')
    await fx.setClock(db, LAST_INSTANT)
    expect(await undo(fx.moderator, id, event.id)).toMatchObject({
      status: 'applied',
      row: { state: 'in_review', version: 3 },
    })
  })

  test('a decision can be undone only once, only by the person who made it, and only if it is the last', async () => {
    const { id, event } = await decided()
    expect(word(await undo(fx.coordinator, id, event.id))).toBe('undo_expired event_id')
    expect(word(await undo(fx.moderator, id, randomUUID()))).toBe('undo_expired event_id')
    expect(word(await undo(fx.moderator, id, 7))).toBe('malformed_op event_id')
    const { event: other } = await decided()
    expect(word(await undo(fx.moderator, id, other.id))).toBe('undo_expired event_id')
    expect(word(await undo(fx.moderator, id, event.id))).toBe('applied')
    expect(word(await undo(fx.moderator, id, event.id))).toBe('undo_expired event_id')
  })

  test('a decision cannot be undone after the author withdrew', async () => {
    const { id, secret, event } = await decided()
    await fx.applyOne(db, anon, fx.op('submission.withdraw', id, {}, { secret }))
    expect(word(await undo(fx.moderator, id, event.id))).toBe('undo_expired event_id')
  })

  test('a letter waits one minute and is never sent if the decision is undone', async () => {
    const letters = async (at: string) => {
      await fx.setClock(db, at)
      const mails = (await callAs(db, service, 'take_mail', { p_limit: 100 })) as { subject: string }[]
      return mails
        .map(({ subject }) => subject)
        .filter((subject) => ours.some(({ row }) => subject === news(row.folio)))
    }
    const news = (folio: string) => `Hay novedades en tu propuesta: folio ${folio}`
    const [kept, undone] = [await decided('reject'), await decided('reject')]
    const ours = [kept, undone]
    await undo(fx.moderator, undone.id, undone.event.id)
    expect(await letters(LAST_INSTANT)).toEqual([])
    expect(await letters(A_MINUTE_LATER)).toEqual([news(kept.row.folio)])
  })

  test('an undone correction request leaves no deadline', async () => {
    const { id, secret, row, event } = await decided('request_correction')
    await undo(fx.moderator, id, event.id)
    expect(await fx.openFolio(db, row.folio, secret)).toMatchObject({
      state: 'in_review',
      correction_until: null,
    })
  })

  test('review events cannot be changed or deleted', async () => {
    for (const sql of [
      `update app.review_events set message = ''`,
      'delete from app.review_events',
      'truncate app.review_events cascade',
    ]) {
      await expect(db.pool.query(sql)).rejects.toThrow('append-only')
    }
  })
})

describe('the review queue', () => {
  test('the queue is sorted oldest first, 30 on a page, each item once, with the counts of all', async () => {
    const own = (await callAs(db, fx.moderator, 'review_queue')) as QueuePage
    const total = Object.values(own.counts).reduce((sum, n) => sum + n, 0)
    const ids: string[] = []
    const received: string[] = []
    for (let next: string | null | undefined = undefined; next !== null;) {
      const page: QueuePage = await queue(fx.moderator, next ? { p_after: next } : {})
      ids.push(...page.items.map(({ id }) => id))
      received.push(...page.items.map(({ received_at }) => received_at))
      next = page.next
    }
    expect(new Set(ids).size).toBe(total)
    expect(ids).toHaveLength(total)
    expect(received).toEqual([...received].sort())
  })

  test('the counts of the queue agree with the rows, even during concurrent writes and jobs', async () => {
    await Promise.all([
      ...Array.from({ length: 40 }, () =>
        fx.submit(db).then(({ id }) => fx.decide(db, fx.moderator, id, 'accept')),
      ),
      ...Array.from({ length: 5 }, () => callAs(db, service, 'run_due_jobs')),
    ])
    const { rows } = await db.pool.query<{ counts: unknown }>(
      `select jsonb_object_agg(state, n) as counts from (select state, count(*) as n from app.submissions group by state) t`,
    )
    expect((await queue(fx.moderator)).counts).toEqual(rows[0]!.counts)
    await callAs(db, service, 'run_due_jobs')
    expect((await queue(fx.moderator)).counts).toEqual(rows[0]!.counts)
    expect((await db.pool.query('select from app.state_counts')).rowCount).toBeLessThan(200)
  })

  test('the queue can be filtered by state and searched by folio or by text without accents', async () => {
    const { id, row } = await fx.submit(db, {
      body: 'La biblioteca de Ocoyoacac abre sólo los días hábiles.',
    })
    const found = async (p_search: string, rest = {}) =>
      (await queue(fx.moderator, { p_search, ...rest })).items.map((line) => line.id)
    expect(await found('DIAS HABILES')).toEqual([id])
    expect(await found(row.folio.toLowerCase())).toEqual([id])
    expect(await found('ocoyoacac', { p_states: '{accepted}' })).toEqual([])
    expect(await found('ocoyoacac', { p_states: '{received,accepted}' })).toEqual([id])
    expect(await found('ocoyoacac', { p_convocatoria: fx.HISTORIC })).toEqual([])
    expect(await found('xyz%_\\')).toEqual([])
    expect(await found('%')).toEqual([])
  })

  test('a line of the queue shows 140 code points of the text and the part it is about', async () => {
    const { id, row } = await fx.submit(db, { body: '🙂'.repeat(300) })
    const line = (await queue(fx.moderator, { p_search: row.folio })).items.find((one) => one.id === id)!
    expect(line).toMatchObject({
      excerpt: '🙂'.repeat(140),
      part_label: '1.1 · Publicar en lenguaje claro',
      version: 1,
      late: false,
    })
  })
})

describe('review permissions', () => {
  test('each role can read the queue, read an item and decide exactly as the table says', async () => {
    const { id } = await fx.submit(db)
    const actors: [string, Actor, string, string, string][] = [
      ['a moderator', fx.moderator, 'ok', 'ok', 'transition_invalid decision'],
      ['a coordinator', fx.coordinator, 'ok', 'ok', 'transition_invalid decision'],
      ['an auditor', fx.auditor, 'ok', 'ok', 'not_allowed'],
      ['an administrator', await fx.addStaff(db, 'admin'), 'ok', 'ok', 'not_allowed'],
      [
        'a door volunteer',
        await fx.addStaff(db, 'door'),
        'PT403 not_allowed',
        'PT403 not_allowed',
        'not_allowed',
      ],
      [
        'an inactive moderator',
        await fx.addStaff(db, 'moderator', { active: false }),
        'PT403 not_allowed',
        'PT403 not_allowed',
        'not_allowed',
      ],
      [
        'a moderator of this campaign',
        await fx.addStaff(db, 'moderator', { convocatoria: fx.OPEN }),
        'ok',
        'ok',
        'transition_invalid decision',
      ],
      [
        'a moderator of another campaign',
        await fx.addStaff(db, 'moderator', { convocatoria: fx.HISTORIC }),
        'ok',
        'PT404 submission_unknown',
        'not_allowed',
      ],
      ['a signed-in stranger', fx.stranger, 'PT403 not_allowed', 'PT403 not_allowed', 'not_allowed'],
      ['an anonymous person', anon, '42501', '42501', 'not_allowed'],
      ['the service role', service, '42501', '42501', '42501'],
    ]
    for (const [name, actor, queued, read, decided] of actors) {
      const decision = await attempt(actor, id, { decision: 'burn' }).then(
        word,
        (error: { code: string }) => error.code,
      )
      expect([name, await fx.outcome(queue(actor)), await fx.outcome(item(actor, id)), decision]).toEqual([
        name,
        queued,
        read,
        decided,
      ])
    }
  })

  test('a moderator of another campaign sees an empty queue', async () => {
    const other = await fx.addStaff(db, 'moderator', { convocatoria: fx.HISTORIC })
    expect(await queue(other)).toEqual({ items: [], next: null, counts: {} })
    expect(await queue(other, { p_convocatoria: fx.OPEN })).toEqual({ items: [], next: null, counts: {} })
  })

  test('an auditor sees the whole submission except the email address, and no decisions', async () => {
    const { id } = await fx.submit(db, { display_name: 'Ana', email: 'ana@correo.mx', municipality: 'fuera' })
    expect(await item(fx.auditor, id)).toMatchObject({
      decisions: [],
      display_name: 'Ana',
      has_email: true,
      municipality_name: 'Fuera del Estado de México',
      consents: [
        { key: 'political_opinions', granted: true, required: true },
        { key: 'publish', granted: true, required: false },
      ],
    })
    expect(JSON.stringify(await item(fx.auditor, id))).not.toContain('correo.mx')
  })

  test('a revoked role loses access at once, and its replays return no row', async () => {
    const { id } = await fx.submit(db)
    const actor = await fx.addStaff(db, 'moderator')
    const op = fx.op('review.decide', id, { decision: 'accept' }, { expected_version: 1 })
    const first = await fx.applyOne(db, actor, op)
    expect(first).toMatchObject({ status: 'applied', row: { state: 'accepted' } })
    await db.pool.query('update app.staff set active = false where user_id = $1', [actor.sub])
    expect(await fx.applyOne(db, actor, op)).toEqual({ ...first, row: null })
    expect(await fx.outcome(queue(actor))).toBe('PT403 not_allowed')
    expect(await callAs(db, actor, 'staff_me')).toMatchObject({ roles: [] })
  })

  test('forged role claims in a token give no access', async () => {
    const claims = JSON.stringify({
      role: 'authenticated',
      sub: fx.stranger.sub,
      app_metadata: { role: 'moderator' },
      user_role: 'admin',
    })
    const forged = asActor(db, fx.stranger, async (client) => {
      await client.query(`select set_config('request.jwt.claims', $1, true)`, [claims])
      return client.query('select public.review_queue()')
    })
    expect(await fx.outcome(forged)).toBe('PT403 not_allowed')
  })

  test('the database owner can grant a role and activate it again, and staff cannot', async () => {
    const grant = () => db.pool.query(`select app.grant_staff('MODERADORA@demo.example', 'admin', 'Otra')`)
    await grant()
    await db.pool.query(`update app.staff set active = false where role = 'admin' and user_id = $1`, [
      fx.moderator.sub,
    ])
    await grant()
    const me = (await callAs(db, fx.moderator, 'staff_me')) as { roles: { role: string }[] }
    expect(me.roles.map(({ role }) => role)).toEqual(['admin', 'moderator'])
    await expect(db.pool.query(`select app.grant_staff('nadie@demo.example', 'admin', 'X')`)).rejects.toThrow(
      'No user',
    )
    const asModerator = asActor(db, fx.moderator, (client) =>
      client.query(`select app.grant_staff('nadie@demo.example', 'admin', 'X')`),
    )
    expect(await fx.outcome(asModerator)).toBe('42501')
  })
})
