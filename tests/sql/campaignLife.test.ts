/** The life of a published campaign: pauses, early closing, reopening, retiring, and the promise to what phones hold. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CampaignAnswer, CampaignDraft } from '@/domain/campaignDraft'
import type { Bootstrap, Convocatoria, Notice } from '@/domain/rows'
import * as cs from '../support/campaignSections'
import { type Actor, anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool.query(
    `insert into app.sujetos_obligados (name, class_key) values ('Ayuntamiento de ejemplo', 'ayuntamiento')`,
  )
})
beforeEach(() => at(DURING))
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const BEFORE = '2036-11-03T12:00:00-06:00'
const DURING = '2036-11-07T12:00:00-06:00'
const CLOSES = '2036-11-14T23:59:59-06:00'
const AFTER = '2036-11-20T12:00:00-06:00'
const HOUR_MS = 3_600_000
const hoursAfter = (instant: string, hours: number) =>
  new Date(Date.parse(instant) + hours * HOUR_MS).toISOString()
const at = (instant: string) => fx.setClock(db, instant)
const same = (instant: string | null | undefined) => instant && new Date(instant).toISOString()

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { message: string; detail?: string }) => [error.message, error.detail].filter(Boolean).join(' '),
  )
const draft = (id: string) =>
  callAs(db, fx.coordinator, 'convocatoria_draft', { p_id: id }) as Promise<CampaignDraft>
const save = async (id: string, section: string, data: object) => {
  const { sections } = await draft(id)
  const p_expected_version = sections.find((one) => one.section === section)!.version
  return callAs(db, fx.coordinator, 'save_section', {
    p_id: id,
    p_section: section,
    p_expected_version,
    p_data: data,
  })
}
const publish = async (id: string, p_reason?: string) =>
  callAs(db, fx.coordinator, 'publish_convocatoria', {
    p_id: id,
    p_revision: (await draft(id)).revision,
    ...(p_reason && { p_reason }),
  })
/** A published campaign that is open from 6 to 14 November 2036, with a grace of 48 hours. */
async function campaign(kind: 'propuestas' | 'videos' | 'jornadas' = 'propuestas') {
  const id = randomUUID()
  await callAs(db, fx.coordinator, 'create_convocatoria', { p_id: id, p_kind: kind })
  for (const [section, data] of Object.entries(cs.wholeCampaign(kind))) await save(id, section, data)
  await at(BEFORE)
  await publish(id)
  await at(DURING)
  return id
}

type Act = 'pause' | 'resume' | 'close' | 'reopen' | 'retire'
const act = async (one: Act, id: string, more: Record<string, unknown> = {}, actor: Actor = fx.coordinator) =>
  callAs(db, actor, `${one}_convocatoria`, {
    p_id: id,
    p_version: (await draft(id)).version,
    p_reason: 'Lo pidió la comisión.',
    ...more,
  }) as Promise<CampaignAnswer>

const row = async (id: string) => {
  const { rows } = await db.pool.query<{ row: Convocatoria }>('select app.convocatoria_row($1) as row', [id])
  return rows[0]!.row
}
const isListed = async (id: string) =>
  ((await callAs(db, anon, 'bootstrap')) as Bootstrap).convocatorias.some((card) => card.id === id)

/** An op as a phone saved it, whenever it arrives. */
async function savedOp(id: string, email: string | null = null) {
  const { notice_id } = await row(id)
  const { rows } = await db.pool.query<{ notice: Notice }>('select app.notice_row($1) as notice', [notice_id])
  const payload = await fx.propuesta(db, {
    convocatoria_id: id,
    part_id: null,
    helps: null,
    email,
    notice_id,
    notice_hash: rows[0]!.notice.hash,
    consents: rows[0]!.notice.consents.map(({ key, required }) => ({ key, granted: required })),
  })
  return fx.op('propuesta.submit', randomUUID(), payload, { secret: fx.newSecret() })
}
const arrives = async (op: Awaited<ReturnType<typeof savedOp>>) => {
  const verdict = await fx.applyOne(db, anon, op)
  return 'code' in verdict ? `${verdict.status} ${verdict.code}` : verdict.status
}
const letters = async () => {
  const { rows } = await db.pool.query<{ recipient: string; subject: string; body: string }>(
    `select recipient, subject, body from app.mail_queue where subject !~ '^Recibimos' order by id desc`,
  )
  return rows
}

describe('a pause', () => {
  test('needs a reason, shows it to everybody, and stands in the public history', async () => {
    const id = await campaign()
    expect(await refusal(act('pause', id, { p_reason: ' ' }))).toBe('change_reason_required reason')
    await act('pause', id, { p_reason: 'Corregimos el aviso.', p_until: hoursAfter(DURING, 24) })
    const { paused, history } = await row(id)
    expect(paused!.reason).toBe('Corregimos el aviso.')
    expect([paused!.from, paused!.until, paused!.received_until].map(same)).toEqual(
      [0, 24, 48].map((hours) => hoursAfter(DURING, hours)),
    )
    expect(history).toEqual([
      { at: expect.anything(), kind: 'paused', reason: 'Corregimos el aviso.', until: paused!.until },
    ])
    expect(await isListed(id)).toBe(true)
  })

  test('receives for the promised grace what phones held, then asks them to wait, and receives it when it ends', async () => {
    const id = await campaign()
    const [soon, late, later] = [await savedOp(id), await savedOp(id), await savedOp(id)]
    await act('pause', id)
    await at(hoursAfter(DURING, 47))
    expect(await arrives(soon)).toBe('applied')
    await at(hoursAfter(DURING, 48))
    expect(await arrives(late)).toBe('retry convocatoria_paused')
    await act('resume', id, { p_reason: null })
    expect(await arrives(late)).toBe('applied')
    expect(await arrives(later)).toBe('applied')
    const { rows } = await db.pool.query('select late from app.submissions where convocatoria_id = $1', [id])
    expect(rows).toEqual([{ late: false }, { late: false }, { late: false }])
  })

  test('ends by itself at the hour that was said', async () => {
    const id = await campaign()
    const op = await savedOp(id)
    await act('pause', id, { p_until: hoursAfter(DURING, 72) })
    await at(hoursAfter(DURING, 71))
    expect(await arrives(op)).toBe('retry convocatoria_paused')
    await at(hoursAfter(DURING, 72))
    expect(await arrives(op)).toBe('applied')
  })

  test('never outlasts the closing: what waited on phones is received within the grace after it', async () => {
    const id = await campaign()
    const [op, gone] = [await savedOp(id), await savedOp(id)]
    await act('pause', id)
    await at(CLOSES)
    expect(await arrives(op)).toBe('applied')
    await at(hoursAfter(CLOSES, 48))
    expect(await arrives(gone)).toBe('refused convocatoria_closed')
  })

  test('does not stop the author of what was received', async () => {
    const id = await campaign()
    const op = await savedOp(id)
    expect(await arrives(op)).toBe('applied')
    await act('pause', id)
    await at(hoursAfter(DURING, 60))
    const withdrawal = fx.op('submission.withdraw', op.entity_id, {}, { secret: op.secret! })
    expect((await fx.applyOne(db, anon, withdrawal)).status).toBe('applied')
  })

  test('keeps its beginning when its end changes, so that the grace does not begin anew', async () => {
    const id = await campaign()
    await act('pause', id)
    await at(hoursAfter(DURING, 40))
    const { paused } = await act('pause', id, { p_until: hoursAfter(DURING, 90) })
    expect([same(paused!.from), same(paused!.until)]).toEqual([hoursAfter(DURING, 0), hoursAfter(DURING, 90)])
  })

  test.each([
    ['an end that has passed', DURING, { p_until: DURING }, 'pause_until_invalid until'],
    ['an end at the closing', DURING, { p_until: CLOSES }, 'pause_until_invalid until'],
    ['before the opening', BEFORE, {}, 'not_receiving'],
    ['after the closing', CLOSES, {}, 'not_receiving'],
    ['a version that is not the present one', DURING, { p_version: 7 }, 'conflict'],
  ])('is refused with or at %s', async (_, instant, more, expected) => {
    const id = await campaign()
    await at(instant)
    expect(await refusal(act('pause', id, more))).toBe(expected)
  })

  test('resuming is refused where nothing is paused', async () => {
    expect(await refusal(act('resume', await campaign()))).toBe('not_paused')
  })
})

describe('closing early', () => {
  test('closes now, and receives what phones held for the promised grace', async () => {
    const id = await campaign()
    const [held, gone] = [await savedOp(id), await savedOp(id)]
    await act('close', id, { p_reason: 'Se acabaron los recursos.' })
    const { closes_at, received_until, history } = await row(id)
    expect([closes_at, received_until].map(same)).toEqual([hoursAfter(DURING, 0), hoursAfter(DURING, 48)])
    expect(history![0]).toMatchObject({ kind: 'closed', reason: 'Se acabaron los recursos.', closes_at })
    await at(hoursAfter(DURING, 47))
    expect(await arrives(held)).toBe('applied')
    await at(hoursAfter(DURING, 48))
    expect(await arrives(gone)).toBe('refused convocatoria_closed')
  })

  test('ends a pause, and needs a reason and an open campaign', async () => {
    const id = await campaign()
    expect(await refusal(act('close', id, { p_reason: null }))).toBe('change_reason_required reason')
    await act('pause', id)
    expect((await act('close', id)).paused).toBeNull()
    expect(await refusal(act('close', id))).toBe('not_receiving')
  })

  test('a calendar that is being written takes the new closing, and publishing it does not reopen', async () => {
    const id = await campaign()
    await save(id, 'fechas', cs.fechas({ answer_by: '2036-11-27' }))
    const { revision } = await draft(id)
    await act('close', id)
    const after = await draft(id)
    expect(after.revision).toBeGreaterThan(revision)
    await publish(id)
    const { closes_at, answer_by } = await row(id)
    expect([same(closes_at), answer_by]).toEqual([hoursAfter(DURING, 0), '2036-11-27'])
  })
})

describe('reopening', () => {
  const later = { p_closes_at: '2036-11-25T23:59:59-06:00' }
  /** Closed, and without a day of results that would contradict a later closing. */
  async function closed(kind: 'propuestas' | 'jornadas' = 'propuestas') {
    const id = await campaign(kind)
    await save(id, 'fechas', cs.fechas({ results_on: null }))
    await publish(id, 'Se presentan otro día.')
    await at(AFTER)
    return id
  }

  test('receives until the new closing, and says so in the public history', async () => {
    const id = await closed()
    const op = await savedOp(id)
    expect(await refusal(act('reopen', id, { ...later, p_reason: null }))).toBe(
      'change_reason_required reason',
    )
    await act('reopen', id, later)
    expect(await arrives(op)).toBe('applied')
    expect((await row(id)).history![0]).toMatchObject({ kind: 'reopened', reason: 'Lo pidió la comisión.' })
  })

  test.each([
    ['no new closing', { p_closes_at: null }, 'closing_past closes_at'],
    ['a closing that has passed', { p_closes_at: AFTER }, 'closing_past closes_at'],
    [
      'a closing after the day of the answers',
      { p_closes_at: '2036-12-01T23:59:59-06:00' },
      'answer_before_closing answer_by',
    ],
  ])('is refused with %s', async (_, more, expected) => {
    expect(await refusal(act('reopen', await closed(), { ...later, ...more }))).toBe(expected)
  })

  test('is refused while it is open', async () => {
    expect(await refusal(act('reopen', await campaign(), later))).toBe('not_closed')
  })

  test('is refused for jornadas when every day has begun', async () => {
    const id = await closed('jornadas')
    expect(await refusal(act('reopen', id, later))).toBe('no_days_ahead closes_at')
    await db.pool.query(
      `update app.jornadas set on_day = null, starts_at = null, ends_at = null
      where convocatoria_id = $1`,
      [id],
    )
    expect(await refusal(act('reopen', id, later))).toBe('ok')
  })

  test('with a later day of the answers writes to those who took part and left an address', async () => {
    const id = await campaign()
    await arrives(await savedOp(id, 'rosa@correo.example'))
    await arrives(await savedOp(id))
    await save(id, 'fechas', cs.fechas({ results_on: null }))
    await publish(id, 'Se presentan otro día.')
    await at(AFTER)
    const before = (await letters()).length
    expect((await draft(id)).people).toEqual({ all: 2, by_mail: 1 })
    await act('reopen', id, { ...later, p_answer_by: '2036-12-05' })
    const now = await letters()
    expect(now).toHaveLength(before + 1)
    expect(now[0]).toMatchObject({ recipient: 'rosa@correo.example' })
    expect(now[0]!.body).toContain('Ahora te respondemos a más tardar el viernes 5 de diciembre de 2036.')
  })
})

describe('retiring', () => {
  test('takes it off the public list, keeps page and folios, and receives what phones held', async () => {
    const id = await campaign()
    const [sent, held] = [await savedOp(id, 'rosa@correo.example'), await savedOp(id)]
    await arrives(sent)
    expect(await refusal(act('retire', id, { p_reason: '' }))).toBe('change_reason_required reason')
    await act('retire', id, { p_reason: 'Se aprobó sin competencia.' })
    expect(await isListed(id)).toBe(false)
    expect(await row(id)).toMatchObject({ retired: { reason: 'Se aprobó sin competencia.' } })
    const { rows } = await db.pool.query<{ folio: string }>(
      'select folio from app.submissions where id = $1',
      [sent.entity_id],
    )
    expect(await fx.openFolio(db, rows[0]!.folio, sent.secret!)).toMatchObject({ state: 'received' })
    await at(hoursAfter(DURING, 47))
    expect(await arrives(held)).toBe('applied')
    expect((await letters())[0]).toMatchObject({
      recipient: 'rosa@correo.example',
      subject: expect.stringContaining(rows[0]!.folio),
    })
  })

  test('keeps what was published readable', async () => {
    const id = await campaign()
    const op = await savedOp(id)
    await arrives(op)
    await db.pool.query(
      `update app.submissions set state = 'published', published_at = app.now() where id = $1`,
      [op.entity_id],
    )
    await act('retire', id)
    const page = (await callAs(db, anon, 'published_propuestas', { p_convocatoria: id })) as {
      items: object[]
    }
    expect(page.items).toHaveLength(1)
  })

  test('is refused before the opening and twice, and undone by reopening', async () => {
    const id = await campaign()
    await at(BEFORE)
    expect(await refusal(act('retire', id))).toBe('not_opened')
    await at(DURING)
    await act('retire', id)
    expect(await refusal(act('retire', id))).toBe('already_retired')
    await act('reopen', id, { p_closes_at: CLOSES })
    expect(await isListed(id)).toBe(true)
    expect(await row(id)).not.toHaveProperty('retired')
  })

  test('a retired campaign is not reopened by publishing other dates', async () => {
    const id = await campaign()
    await act('retire', id)
    await save(id, 'fechas', cs.fechas())
    expect(await refusal(publish(id, 'x'))).toBe('campaign_incomplete closes_at')
  })
})

describe('dates of a public campaign never strand what phones hold', () => {
  test.each([
    ['a closing in the past', { closes_at: '2036-11-06T12:00:00-06:00' }, 'reception_cut closes_at'],
    [
      'a closing now with less grace than was promised',
      { closes_at: '2036-11-07T12:00:00-06:00', grace_hours: 47 },
      'reception_cut closes_at',
    ],
    ['an opening put off after it', { opens_at: '2036-11-10T00:00:00-06:00' }, 'opening_fixed opens_at'],
  ])('%s cannot be published', async (_, change, expected) => {
    const id = await campaign()
    await save(id, 'fechas', cs.fechas(change))
    const { problems } = (await draft(id)).sections.find(({ section }) => section === 'fechas')!
    expect(
      problems.filter(({ level }) => level === 'missing').map(({ code, field }) => `${code} ${field}`),
    ).toEqual([expected])
    expect(await refusal(publish(id, 'x'))).toMatch(/^campaign_incomplete/)
  })

  test('a later closing after the former one has passed needs a reason, as reopening does', async () => {
    const id = await campaign()
    await at(AFTER)
    await save(id, 'fechas', cs.fechas({ closes_at: '2036-11-25T23:59:59-06:00', results_on: '2036-11-27' }))
    expect(await refusal(publish(id))).toBe('change_reason_required reason')
  })
})

describe('a change of who may take part or of what counts needs a reason', () => {
  test('of a class that leaves its group, not of one that joins', async () => {
    const id = await campaign('jornadas')
    const { groups } = (await draft(id)).sections.find(({ section }) => section === 'grupos')!.data as {
      groups: { id: string; name: string; classes: string[] }[]
    }
    const withClasses = (classes: string[]) => ({ groups: [{ ...groups[0]!, classes }] })
    expect(await save(id, 'grupos', withClasses(['ayuntamiento', 'opdapas']))).toMatchObject({
      asks_reason: false,
    })
    expect(await save(id, 'grupos', withClasses(['opdapas']))).toMatchObject({ asks_reason: true })
  })

  test.each([
    [{ max_s: 179 }, true],
    [{ max_s: 181 }, false],
    [{ min_s: 16 }, true],
    [{ max_bytes: 49_000_000 }, true],
    [{ licence_until: '2041-12-31' }, true],
    [{ medium: 'otro medio' }, false],
  ])('of limits of a video: %j', async (change, asks_reason) => {
    const id = await campaign('videos')
    expect(await save(id, 'video', cs.video(change))).toMatchObject({ asks_reason })
    expect(await refusal(publish(id))).toBe(asks_reason ? 'change_reason_required reason' : 'ok')
  })

  test('of a pillar that disappears', async () => {
    const id = await campaign('videos')
    const other = { pillars: [{ key: 'otro', title: 'Otro', hint: '¿Qué?' }] }
    expect(await save(id, 'pilares', other)).toMatchObject({ asks_reason: true })
  })
})

describe('electoral silence', () => {
  const days = (silence_from: string, silence_until: string, actor = fx.admin) =>
    db.pool.query<{ version: number }>('select version from app.institution').then(({ rows }) =>
      callAs(db, actor, 'save_institution', {
        p_expected_version: rows[0]!.version,
        p_data: { silence_from, silence_until },
      }),
    )
  const silence = async () => ((await callAs(db, anon, 'bootstrap')) as Bootstrap).institution.silence

  test('travels in the bootstrap from the day it is set to the end of its last day', async () => {
    expect(await silence()).toBeUndefined()
    await days('2036-11-10', '2036-11-12')
    expect(await silence()).toEqual({ from: '2036-11-10', until: '2036-11-12' })
    await at('2036-11-12T23:59:59-06:00')
    expect(await silence()).toEqual({ from: '2036-11-10', until: '2036-11-12' })
    await at('2036-11-13T00:00:00-06:00')
    expect(await silence()).toBeUndefined()
  })

  test('stops nothing that people send', async () => {
    const id = await campaign()
    await days('2036-11-01', '2036-11-30')
    expect(await arrives(await savedOp(id))).toBe('applied')
    await days('', '')
    expect(await silence()).toBeUndefined()
  })

  test.each([
    ['only the first day', '2036-11-10', '', 'silence_incomplete silence_until'],
    ['only the last day', '', '2036-11-10', 'silence_incomplete silence_from'],
    ['days in the wrong order', '2036-11-10', '2036-11-09', 'silence_disordered silence_until'],
    ['something that is no day', 'ayer', '2036-11-09', 'date_invalid silence_from'],
  ])('is refused with %s', async (_, from, until, expected) => {
    expect(await refusal(days(from, until))).toBe(expected)
  })

  test('is set by administrators only', async () => {
    expect(await refusal(days('2036-11-10', '2036-11-12', fx.coordinator))).toBe('not_allowed')
  })
})

test.each<Act>(['pause', 'resume', 'close', 'reopen', 'retire'])(
  'only who edits campaigns may %s one',
  async (one) => {
    const id = await campaign()
    const more = { p_closes_at: AFTER }
    for (const actor of [fx.moderator, fx.auditor, fx.doorVolunteer, fx.stranger]) {
      expect(await refusal(act(one, id, one === 'reopen' ? more : {}, actor))).toBe('not_allowed')
    }
    expect(await refusal(act(one, id, one === 'reopen' ? more : {}, anon))).toMatch(/permission denied/)
  },
)
