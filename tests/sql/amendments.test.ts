/** Amending a decision: a publication is taken back, a decision is reopened. Who may, from which state, and what its author is told. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import { AMENDMENTS, amendmentsFor, outcomeOf, STATES } from '@/domain/states'
import { type Actor, anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const WHY = { message: 'Nombra a otra persona sin su permiso.' }
const word = (verdict: { status: string; code?: string; field?: string }) =>
  [verdict.code ?? verdict.status, verdict.field].filter(Boolean).join(' ')
const item = (actor: Actor, id: string) =>
  callAs(db, actor, 'review_item', { p_id: id }) as Promise<StaffItem>
const attempt = async (actor: Actor, id: string, payload: unknown) => {
  const { rows } = await db.pool.query<{ version: number }>(
    'select version from app.submissions where id = $1',
    [id],
  )
  return word(
    await fx.applyOne(db, actor, fx.op('review.decide', id, payload, { expected_version: rows[0]!.version })),
  )
}
const shown = async (folio: string) => {
  const page = (await callAs(db, anon, 'published_propuestas', { p_convocatoria: fx.OPEN })) as {
    items: { folio: string; reply: string | null }[]
  }
  return page.items.find((one) => one.folio === folio)
}
const publishedCount = async () => {
  const { convocatorias } = (await callAs(db, anon, 'bootstrap')) as {
    convocatorias: { id: string; published_count: number }[]
  }
  return convocatorias.find(({ id }) => id === fx.OPEN)!.published_count
}
async function published(message = 'Se integra.') {
  const sent = await fx.submit(db, { email: `${randomUUID()}@correo.mx` })
  await fx.decide(db, fx.moderator, sent.id, 'accept_publish', { message })
  return sent
}

describe('the rules', () => {
  test.each(STATES.flatMap((state) => AMENDMENTS.map((amendment) => [state, amendment] as const)))(
    'in state %s the amendment %s is taken only if the domain allows it',
    async (state, decision) => {
      const { id } = await fx.submit(db)
      await db.pool.query(
        'update app.submissions set state = $2, correction_until = now(), published_at = now() where id = $1',
        [id, state],
      )
      const isAllowed = amendmentsFor(state).includes(decision)
      expect((await item(fx.coordinator, id)).amendments).toEqual(amendmentsFor(state))
      expect(await attempt(fx.coordinator, id, { decision, ...WHY })).toBe(
        isAllowed ? 'applied' : 'transition_invalid decision',
      )
      if (isAllowed) expect((await item(fx.coordinator, id)).state).toBe(outcomeOf(decision))
    },
  )

  test('a coordinator and an administrator amend; nobody else is offered it or may', async () => {
    const elsewhere = await fx.addStaff(db, 'coordinator', { convocatoria: fx.HISTORIC })
    const { id } = await published()
    for (const actor of [fx.moderator, fx.auditor, fx.doorVolunteer, elsewhere, fx.stranger, anon])
      expect(await attempt(actor, id, { decision: 'take_back', ...WHY })).toBe('not_allowed')
    expect((await item(fx.moderator, id)).amendments).toEqual([])
    expect(await attempt(fx.admin, id, { decision: 'take_back', ...WHY })).toBe('applied')
    expect((await item(fx.admin, id)).amendments).toEqual(['reopen'])
    expect(await attempt(fx.coordinator, id, { decision: 'reopen', ...WHY })).toBe('applied')
    expect((await item(fx.coordinator, id)).events.at(-1)).toMatchObject({
      kind: 'reopen',
      from_state: 'accepted',
      to_state: 'in_review',
      message: WHY.message,
    })
  })

  test('an administrator amends and decides nothing else', async () => {
    const { id } = await fx.submit(db)
    expect(await attempt(fx.admin, id, { decision: 'accept' })).toBe('not_allowed')
    expect((await item(fx.admin, id)).decisions).toEqual([])
  })

  test('an amendment names its reason, in at most 2,000 characters', async () => {
    const { id } = await published()
    for (const message of [undefined, ' \u200b '])
      expect(await attempt(fx.coordinator, id, { decision: 'take_back', message })).toBe(
        'message_required message',
      )
    expect(await attempt(fx.coordinator, id, { decision: 'take_back', message: 'a'.repeat(2001) })).toBe(
      'message_too_long message',
    )
  })

  test('an amendment of an outdated version is a conflict, and a repeated one is applied once', async () => {
    const { id } = await published()
    const op = fx.op('review.decide', id, { decision: 'take_back', ...WHY }, { expected_version: 2 })
    expect((await fx.applyOne(db, fx.coordinator, op)).status).toBe('applied')
    expect(await fx.applyOne(db, fx.coordinator, op)).toMatchObject({
      status: 'applied',
      row: { version: 3 },
    })
    expect((await fx.applyOne(db, fx.admin, { ...op, op_id: randomUUID() })).status).toBe('conflict')
  })

  test('what a desk of an older version reads in `decisions` stays as it was', async () => {
    const { id } = await published()
    expect((await item(fx.coordinator, id)).decisions).toEqual([])
    await fx.decide(db, fx.coordinator, id, 'take_back', WHY)
    expect((await item(fx.coordinator, id)).decisions).toEqual(['publish', 'not_select'])
  })
})

describe('taking back a publication', () => {
  test('nothing of it stays public, and its author reads why and gets one letter', async () => {
    const sent = await published()
    const before = await publishedCount()
    expect((await shown(sent.row.folio))?.reply).toBe('Se integra.')
    await fx.decide(db, fx.coordinator, sent.id, 'take_back', WHY)
    expect(await shown(sent.row.folio)).toBeUndefined()
    expect(await publishedCount()).toBe(before - 1)
    const row = await fx.openFolio(db, sent.row.folio, sent.secret)
    expect(row.state).toBe('accepted')
    expect(row.messages.at(-1)).toMatchObject({ from: 'staff', state: 'accepted', text: WHY.message })
    const { rows } = await db.pool.query(
      `select m.subject from app.mail_queue m join app.review_events e on e.id = m.event_id
       where m.submission_id = $1 and e.kind = 'take_back'`,
      [sent.id],
    )
    expect(rows).toEqual([{ subject: `Hay novedades en tu propuesta: folio ${sent.row.folio}` }])
  })

  test('undoing it within its minute publishes the text again at its place, and its letter is never sent', async () => {
    const sent = await published()
    const { rows: before } = await db.pool.query('select published_at from app.submissions where id = $1', [
      sent.id,
    ])
    const { events } = await fx.decide(db, fx.coordinator, sent.id, 'take_back', WHY)
    const undo = fx.op('review.undo', sent.id, { event_id: events.at(-1)!.id })
    expect(word(await fx.applyOne(db, fx.moderator, { ...undo, op_id: randomUUID() }))).toBe(
      'undo_expired event_id',
    )
    expect(word(await fx.applyOne(db, fx.coordinator, undo))).toBe('applied')
    expect(await shown(sent.row.folio)).toBeDefined()
    const { rows: after } = await db.pool.query('select published_at from app.submissions where id = $1', [
      sent.id,
    ])
    expect(after).toEqual(before)
    const letters = (await callAs(db, service, 'take_mail', { p_limit: 100 })) as { subject: string }[]
    expect(
      letters.filter(({ subject }) => subject.includes('novedades') && subject.includes(sent.row.folio)),
    ).toEqual([])
    expect(
      (await fx.openFolio(db, sent.row.folio, sent.secret)).messages.map(({ text }) => text),
    ).not.toContain(WHY.message)
  })

  test('a video leaves the gallery at once and its public copy goes by a job; publishing it again copies it again', async () => {
    const sent = await vx.publishVideo(db)
    const gallery = async () => {
      const page = (await callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS })) as {
        items: { folio: string }[]
      }
      return page.items.some(({ folio }) => folio === sent.row.folio)
    }
    expect(await gallery()).toBe(true)
    await fx.decide(db, fx.admin, sent.id, 'take_back', WHY)
    expect(await gallery()).toBe(false)
    expect((await vx.mediaOf(db, sent)).public_ready).toBe(false)
    expect(await vx.runJobs(db)).toEqual(['unpublish'])
    await fx.decide(db, fx.moderator, sent.id, 'publish')
    expect(await vx.runJobs(db)).toEqual(['publish'])
    expect(await gallery()).toBe(true)
  })
})

describe('reopening a decision', () => {
  test.each([
    ['an acceptance', ['accept']],
    ['a rejection', ['reject']],
    ['a video that was not selected', ['accept', 'not_select']],
  ])('%s returns to review, where it is decided again', async (_, decisions) => {
    const sent = await fx.submit(db)
    for (const decision of decisions)
      await fx.decide(db, fx.moderator, sent.id, decision, { reason_code: 'off_topic', ...WHY })
    const { state, events } = await fx.decide(db, fx.coordinator, sent.id, 'reopen', {
      message: 'Lo leemos otra vez.',
    })
    expect([state, events.at(-1)!.kind]).toEqual(['in_review', 'reopen'])
    const row = await fx.openFolio(db, sent.row.folio, sent.secret)
    expect(row.messages.at(-1)).toMatchObject({ state: 'in_review', text: 'Lo leemos otra vez.' })
    const { rows } = await db.pool.query('select answered_at from app.submissions where id = $1', [sent.id])
    expect(rows).toEqual([{ answered_at: null }]) // its periods count from the answer that stands
    expect((await item(fx.moderator, sent.id)).decisions).toContain('accept')
  })

  test('an answer that was given before the reopening is not published with the next decision', async () => {
    const sent = await fx.submit(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept', { message: 'La primera respuesta.' })
    await fx.decide(db, fx.coordinator, sent.id, 'reopen', WHY)
    await fx.decide(db, fx.moderator, sent.id, 'accept_publish')
    expect(await shown(sent.row.folio)).toMatchObject({ reply: null })
  })

  test('undoing a reopening restores the decision', async () => {
    const sent = await fx.submit(db)
    await fx.decide(db, fx.moderator, sent.id, 'reject', { reason_code: 'off_topic', ...WHY })
    const { events } = await fx.decide(db, fx.admin, sent.id, 'reopen', WHY)
    const undo = fx.op('review.undo', sent.id, { event_id: events.at(-1)!.id })
    expect(word(await fx.applyOne(db, fx.admin, undo))).toBe('applied')
    expect((await item(fx.admin, sent.id)).state).toBe('rejected')
  })

  test('what was erased at the end of its period is not reopened', async () => {
    const sent = await fx.submit(db)
    await fx.decide(db, fx.moderator, sent.id, 'reject', { reason_code: 'off_topic', ...WHY })
    await db.pool.query('update app.submissions set content_erased_at = now() where id = $1', [sent.id])
    expect((await item(fx.coordinator, sent.id)).amendments).toEqual([])
    expect(await attempt(fx.coordinator, sent.id, { decision: 'reopen', ...WHY })).toBe('submission_erased')
  })
})
