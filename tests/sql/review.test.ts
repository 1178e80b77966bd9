/** What staff read and decide: who may, from which state, with which words, and how a decision is taken back. */
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
) => fx.applyOne(db, actor, fx.op('review.decide', id, payload, expected_version ? { expected_version } : {}))
const word = (verdict: { status: string; code?: string; field?: string }) =>
  [verdict.code ?? verdict.status, verdict.field].filter(Boolean).join(' ')
const queue = (actor: Actor, args: Record<string, unknown> = {}) =>
  callAs(db, actor, 'review_queue', args) as Promise<QueuePage>
const item = (actor: Actor, id: string) =>
  callAs(db, actor, 'review_item', { p_id: id }) as Promise<StaffItem>

describe('deciding', () => {
  test.each(STATES.flatMap((state) => DECISIONS.map((decision) => [state, decision] as const)))(
    'from %s: %s',
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
    ['a rejection without reason', { ...REJECT, reason_code: undefined }, 'reason_required reason_code'],
    ['a rejection for an unknown reason', { ...REJECT, reason_code: 'boring' }, 'reason_unknown reason_code'],
    ['a rejection without words', { ...REJECT, message: undefined }, 'message_required message'],
    ['a rejection with spaces for words', { ...REJECT, message: ' \u200b ' }, 'message_required message'],
    ['a rejection of 2,000 characters', { ...REJECT, message: '🙂'.repeat(2000) }, 'applied'],
    ['a rejection of 2,001 characters', { ...REJECT, message: 'a'.repeat(2001) }, 'message_too_long message'],
    ['words with an escape character', { ...REJECT, message: 'a\u001b' }, 'body_invalid message'],
    ['a correction without words', { decision: 'request_correction' }, 'message_required message'],
    ['an acceptance without words', { decision: 'accept' }, 'applied'],
    ['no decision', {}, 'transition_invalid decision'],
    ['an unknown decision', { decision: 'burn' }, 'transition_invalid decision'],
    ['a duplicate of nothing', { ...REJECT, reason_code: 'duplicate' }, 'duplicate_unknown duplicate_of'],
    [
      'a duplicate of an unknown folio',
      { ...REJECT, reason_code: 'duplicate', duplicate_of: 'PR-2026-999999-1' },
      'duplicate_unknown duplicate_of',
    ],
  ])('%s', async (_, payload, expected) => {
    const { id } = await fx.submit(db)
    expect(word(await attempt(fx.moderator, id, payload))).toBe(expected)
  })

  test.each(REASON_CODES.filter((code) => code !== 'duplicate'))('%s is a reason', async (reason_code) => {
    const { id } = await fx.submit(db)
    expect(word(await attempt(fx.moderator, id, { ...REJECT, reason_code }))).toBe('applied')
  })

  test('a duplicate names another folio of the same campaign, never its own', async () => {
    const [first, second] = [await fx.submit(db), await fx.submit(db)]
    const payload = { ...REJECT, reason_code: 'duplicate' }
    expect(word(await attempt(fx.moderator, second.id, { ...payload, duplicate_of: second.row.folio }))).toBe(
      'duplicate_unknown duplicate_of',
    )
    expect(word(await attempt(fx.moderator, second.id, { ...payload, duplicate_of: first.row.folio }))).toBe(
      'applied',
    )
  })

  test('of another version is a conflict with the current item, also when asked again', async () => {
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

  test('without a version is malformed', async () => {
    const { id } = await fx.submit(db)
    expect(word(await attempt(fx.moderator, id, REJECT, 0))).toBe('malformed_op expected_version')
  })

  test('two at once: one is applied, the other hears of it', async () => {
    const { id } = await fx.submit(db)
    const verdicts = await Promise.all([
      attempt(fx.moderator, id, { decision: 'accept' }),
      attempt(fx.coordinator, id, REJECT),
    ])
    expect(verdicts.map(({ status }) => status).sort()).toEqual(['applied', 'conflict'])
  })

  test('takes what was only received into review first', async () => {
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
  test('needs the author’s own authorisation', async () => {
    const { id } = await fx.submit(db, { consents: [{ key: 'political_opinions', granted: true }] })
    await fx.decide(db, fx.moderator, id, 'accept')
    expect(word(await attempt(fx.moderator, id, { decision: 'publish' }, 2))).toBe(
      'publication_not_authorised decision',
    )
  })

  test('shows the name only where it was written, and the reply', async () => {
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

  test('pages hold 50, newest first, none twice', async () => {
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

describe('taking back', () => {
  /** A whole minute of now: the campaign of the seed is open around it, whatever the day. */
  const minute = Math.floor(Date.now() / 60_000) * 60_000
  const AT = new Date(minute).toISOString()
  const LAST_INSTANT = AT.replace('00.000Z', '59.999999Z')
  const A_MINUTE_LATER = new Date(minute + 60_000).toISOString()
  const undo = (actor: Actor, id: string, event_id: unknown) =>
    fx.applyOne(db, actor, fx.op('review.undo', id, { event_id }))
  async function decided(decision = 'accept') {
    const sent = await fx.submit(db, { email: 'novedades@correo.mx' })
    await fx.setClock(db, AT)
    const { events } = await fx.decide(db, fx.moderator, sent.id, decision, {
      message: 'Texto.',
      reason_code: 'other',
    })
    return { ...sent, event: events.at(-1)! }
  }

  test('until a minute later, to the microsecond', async () => {
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

  test('only by who decided, only the last, only once, only what is there', async () => {
    const { id, event } = await decided()
    expect(word(await undo(fx.coordinator, id, event.id))).toBe('undo_expired event_id')
    expect(word(await undo(fx.moderator, id, randomUUID()))).toBe('undo_expired event_id')
    expect(word(await undo(fx.moderator, id, 7))).toBe('malformed_op event_id')
    const { event: other } = await decided()
    expect(word(await undo(fx.moderator, id, other.id))).toBe('undo_expired event_id')
    expect(word(await undo(fx.moderator, id, event.id))).toBe('applied')
    expect(word(await undo(fx.moderator, id, event.id))).toBe('undo_expired event_id')
  })

  test('not after the author withdrew', async () => {
    const { id, secret, event } = await decided()
    await fx.applyOne(db, anon, fx.op('submission.withdraw', id, {}, { secret }))
    expect(word(await undo(fx.moderator, id, event.id))).toBe('undo_expired event_id')
  })

  test('a letter waits a minute and is never sent when the decision is taken back', async () => {
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

  test('a correction that was asked for and taken back leaves no day to answer by', async () => {
    const { id, secret, row, event } = await decided('request_correction')
    await undo(fx.moderator, id, event.id)
    expect(await fx.openFolio(db, row.folio, secret)).toMatchObject({
      state: 'in_review',
      correction_until: null,
    })
  })

  test('events are never changed or deleted', async () => {
    for (const sql of [
      `update app.review_events set message = ''`,
      'delete from app.review_events',
      'truncate app.review_events cascade',
    ]) {
      await expect(db.pool.query(sql)).rejects.toThrow('append-only')
    }
  })
})

describe('the queue', () => {
  test('is oldest first, 30 a page, each once, with the counts of all', async () => {
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

  test('counts agree with the rows, also while the jobs add them up and others write', async () => {
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

  test('is filtered by state and searched without accents, by folio too', async () => {
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
    expect(await found('100%_\\')).toEqual([])
    expect(await found('%')).toEqual([])
  })

  test('shows the first 140 code points and what it is about', async () => {
    const { id } = await fx.submit(db, { body: '🙂'.repeat(300) })
    const line = (await queue(fx.moderator, { p_search: '🙂🙂🙂🙂' })).items.find((one) => one.id === id)!
    expect(line).toMatchObject({
      excerpt: '🙂'.repeat(140),
      part_label: '1.1 · Publicar en lenguaje claro',
      version: 1,
      late: false,
    })
  })
})

describe('roles', () => {
  test('what each may read and decide', async () => {
    const { id } = await fx.submit(db)
    const actors: [string, Actor, string, string, string][] = [
      ['moderator', fx.moderator, 'ok', 'ok', 'transition_invalid decision'],
      ['coordinator', fx.coordinator, 'ok', 'ok', 'transition_invalid decision'],
      ['auditor', fx.auditor, 'ok', 'ok', 'not_allowed'],
      ['admin', await fx.addStaff(db, 'admin'), 'ok', 'ok', 'not_allowed'],
      ['door', await fx.addStaff(db, 'door'), 'PT403 not_allowed', 'PT403 not_allowed', 'not_allowed'],
      [
        'inactive moderator',
        await fx.addStaff(db, 'moderator', { active: false }),
        'PT403 not_allowed',
        'PT403 not_allowed',
        'not_allowed',
      ],
      [
        'moderator of this',
        await fx.addStaff(db, 'moderator', { convocatoria: fx.OPEN }),
        'ok',
        'ok',
        'transition_invalid decision',
      ],
      [
        'moderator of another',
        await fx.addStaff(db, 'moderator', { convocatoria: fx.HISTORIC }),
        'ok',
        'PT404 submission_unknown',
        'not_allowed',
      ],
      ['nobody', fx.stranger, 'PT403 not_allowed', 'PT403 not_allowed', 'not_allowed'],
      ['anon', anon, '42501', '42501', 'not_allowed'],
      ['service', service, '42501', '42501', '42501'],
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

  test('an auditor is offered no decision, and what was sent is whole', async () => {
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

  test('a right revoked between two calls ends at once, replays included', async () => {
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

  test('a forged role in the token is worth nothing', async () => {
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

  test('the owner grants a role by address, again to wake it up; nobody else can', async () => {
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
