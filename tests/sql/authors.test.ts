/** What an author can do with the secret: open, correct, withdraw, undo a withdrawal, and recover the link. */
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SubmissionRow } from '@/domain/rows'
import type { StaffItem } from '@/domain/staffRows'
import { STATES } from '@/domain/states'
import { anon, asActor, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const now = async () =>
  (await db.pool.query<{ now: string }>(`select to_json(app.now()) #>> '{}' as now`)).rows[0]!.now
const send = (
  kind: 'submission.withdraw' | 'submission.undo_withdraw' | 'propuesta.correct',
  sent: fx.Sent,
  payload: unknown = {},
  expected_version?: number,
) =>
  fx.applyOne(
    db,
    anon,
    fx.op(kind, sent.id, payload, { secret: sent.secret, ...(expected_version && { expected_version }) }),
  )
const code = (verdict: { status: string; code?: string }) => verdict.code ?? verdict.status
const stateOf = (verdict: { row?: unknown }) => (verdict.row as SubmissionRow).state

describe('opening a folio', () => {
  test('folio and secret open a submission, and every other pair gets the same refusal', async () => {
    const { row, secret } = await fx.submit(db)
    expect(await fx.openFolio(db, row.folio, secret)).toEqual(row)
    const refused = 'PT404 submission_unknown'
    expect(await fx.outcome(fx.openFolio(db, row.folio, fx.newSecret()))).toBe(refused)
    expect(await fx.outcome(fx.openFolio(db, 'PR-2026-999999-0', secret))).toBe(refused)
    expect(await fx.outcome(callAs(db, anon, 'open_folio', { p_folio: null, p_secret: null }))).toBe(refused)
  })
})

describe('corrections', () => {
  const CORRECTED = { part_id: null, helps: null, body: 'El texto corregido, ya con más detalle.' }

  async function correctionAsked(): Promise<fx.Sent> {
    const sent = await fx.submit(db)
    await fx.decide(db, fx.moderator, sent.id, 'request_correction', { message: '¿De qué horario hablas?' })
    return sent
  }

  test('a correction returns the submission to review with the new text', async () => {
    const sent = await correctionAsked()
    const verdict = await send('propuesta.correct', sent, CORRECTED, 2)
    expect(verdict).toMatchObject({
      status: 'applied',
      row: { state: 'in_review', version: 3, content: CORRECTED, correction_until: null },
    })
  })

  test('until review begins a correction replaces the text, changes no state, and staff read it and its author no new step', async () => {
    const sent = await fx.submit(db)
    expect(await send('propuesta.correct', sent, CORRECTED, 1)).toMatchObject({
      status: 'applied',
      row: { state: 'received', version: 2, content: CORRECTED, messages: [{ state: 'received' }] },
    })
    expect(
      code(
        await send('propuesta.correct', sent, { ...CORRECTED, body: 'Otra vez, todavía mejor dicho.' }, 2),
      ),
    ).toBe('applied')
    const item = (await callAs(db, fx.moderator, 'review_item', { p_id: sent.id })) as StaffItem
    expect(item.content).toMatchObject({ body: 'Otra vez, todavía mejor dicho.' })
    expect(item.events.map(({ kind }) => kind)).toEqual(['received', 'corrected', 'corrected'])
  })

  test('whoever comes second, author or staff, gets a conflict with the other’s version, and nothing is lost', async () => {
    const first = await fx.submit(db)
    await send('propuesta.correct', first, CORRECTED, 1)
    const decision = fx.op('review.decide', first.id, { decision: 'accept' }, { expected_version: 1 })
    expect(await fx.applyOne(db, fx.moderator, decision)).toMatchObject({
      status: 'conflict',
      row: { version: 2, content: CORRECTED },
    })
    const second = await fx.submit(db)
    await fx.decide(db, fx.moderator, second.id, 'accept')
    expect(await send('propuesta.correct', second, CORRECTED, 1)).toMatchObject({
      status: 'conflict',
      row: { state: 'accepted', content: { body: second.row.content.body } },
    })
  })

  test('a correction is refused after review began unless staff ask, without a version, and with an invalid text', async () => {
    const sent = await fx.submit(db)
    const { version } = await fx.decide(db, fx.moderator, sent.id, 'accept')
    expect(code(await send('propuesta.correct', sent, CORRECTED, version))).toBe('not_correctable')
    expect(code(await send('propuesta.correct', await correctionAsked(), CORRECTED))).toBe('malformed_op')
    expect(
      await send('propuesta.correct', await correctionAsked(), { ...CORRECTED, body: 'corto' }, 2),
    ).toMatchObject({
      code: 'body_too_short',
      field: 'body',
    })
    expect(
      await send('propuesta.correct', await correctionAsked(), { ...CORRECTED, part_id: fx.ACTION }, 2),
    ).toMatchObject({ code: 'helps_required' })
  })

  test('a correction of an older version is a conflict that carries the current row', async () => {
    const sent = await correctionAsked()
    expect(await send('propuesta.correct', sent, CORRECTED, 1)).toMatchObject({
      status: 'conflict',
      row: { version: 2, state: 'correction_requested' },
    })
  })

  test('the deadline of a correction is the end of the fifth business day, to the microsecond', async () => {
    const sent = await correctionAsked()
    const until = (await fx.openFolio(db, sent.row.folio, sent.secret)).correction_until!
    await fx.setClock(db, until)
    expect(code(await send('propuesta.correct', sent, CORRECTED, 2))).toBe('not_correctable')
    await fx.setClock(db, await fx.shift(db, until, '-1 microsecond'))
    expect(code(await send('propuesta.correct', sent, CORRECTED, 2))).toBe('applied')
  })

  test('the job returns a submission to review at the deadline of a correction that nobody sent', async () => {
    const sent = await correctionAsked()
    const until = (await fx.openFolio(db, sent.row.folio, sent.secret)).correction_until!
    await fx.setClock(db, await fx.shift(db, until, '-1 microsecond'))
    await callAs(db, service, 'run_due_jobs')
    expect((await fx.openFolio(db, sent.row.folio, sent.secret)).state).toBe('correction_requested')
    await fx.setClock(db, until)
    expect(await callAs(db, service, 'run_due_jobs')).toMatchObject({
      corrections_lapsed: expect.any(Number),
    })
    const row = await fx.openFolio(db, sent.row.folio, sent.secret)
    expect(row).toMatchObject({ state: 'in_review', version: 3 })
    expect(row.messages.at(-1)).toMatchObject({ from: 'system', state: 'in_review' })
  })
})

describe('withdrawals', () => {
  test.each(STATES)(
    'an author can withdraw a submission in state %s, unless it is withdrawn or expired',
    async (state) => {
      const sent = await fx.submit(db)
      await db.pool.query(
        'update app.submissions set state = $2, correction_until = now(), published_at = now(), withdrawn_at = now() where id = $1',
        [sent.id, state],
      )
      const verdict = await send('submission.withdraw', sent)
      if (state === 'withdrawn' || state === 'expired') return expect(code(verdict)).toBe('not_withdrawable')
      expect(stateOf(verdict as never)).toBe('withdrawn')
      const back = await send('submission.undo_withdraw', sent)
      return expect(stateOf(back as never)).toBe(state)
    },
  )

  test('an author can undo a withdrawal for 24 hours, to the microsecond', async () => {
    const sent = await fx.submit(db)
    const verdict = await send('submission.withdraw', sent)
    const until = (verdict as unknown as { row: SubmissionRow }).row.undo_withdrawal_until!
    await fx.setClock(db, until)
    expect(code(await send('submission.undo_withdraw', sent))).toBe('withdrawal_final')
    await fx.setClock(db, await fx.shift(db, until, '-1 microsecond'))
    expect(code(await send('submission.undo_withdraw', sent))).toBe('applied')
  })

  test('the job makes a withdrawal final after 24 hours, and the author can no longer undo it', async () => {
    const sent = await fx.submit(db)
    await send('submission.withdraw', sent)
    await fx.setClock(db, await fx.shift(db, await now(), '24 hours'))
    expect(await callAs(db, service, 'run_due_jobs')).toMatchObject({ withdrawals_final: expect.any(Number) })
    expect((await fx.openFolio(db, sent.row.folio, sent.secret)).undo_withdrawal_until).toBeNull()
    await fx.setClock(db, null)
    expect(code(await send('submission.undo_withdraw', sent))).toBe('withdrawal_final')
  })

  test('only the author can withdraw, and only a withdrawn submission can be restored', async () => {
    const sent = await fx.submit(db)
    expect(code(await send('submission.undo_withdraw', sent))).toBe('transition_invalid')
    expect(code(await send('submission.withdraw', { ...sent, secret: fx.newSecret() }))).toBe(
      'submission_unknown',
    )
    expect(code(await send('submission.withdraw', { ...sent, id: randomUUID() }))).toBe('submission_unknown')
  })

  test('a withdrawal hides a published submission at once, and undoing it publishes it again', async () => {
    const sent = await fx.submit(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    await fx.decide(db, fx.moderator, sent.id, 'publish')
    const published = async () =>
      JSON.stringify(await callAs(db, anon, 'published_propuestas', { p_convocatoria: fx.OPEN }))
    expect(await published()).toContain(sent.row.folio)
    await send('submission.withdraw', sent)
    expect(await published()).not.toContain(sent.row.folio)
    await send('submission.undo_withdraw', sent)
    expect(await published()).toContain(sent.row.folio)
  })
})

describe('link recovery', () => {
  const SEED = 'c2VlZC1kZS1wcnVlYmEtMQ'
  const request = (email: string) => callAs(db, anon, 'request_link_code', { p_email: email })
  const recover = (email: string, p_code: string, seed = SEED) =>
    callAs(db, anon, 'recover_links', { p_email: email, p_code, p_seed: seed }) as Promise<{
      links?: { id: string; secret: string; folio: string }[]
      code?: string
      message?: string
    }>
  const mails = async () =>
    (await callAs(db, service, 'take_mail', { p_limit: 100 })) as {
      id: number
      to: string
      body: string
      subject: string
    }[]
  async function codeFor(email: string) {
    const mail = (await mails())
      .filter(({ to, subject }) => to.toLowerCase() === email.toLowerCase() && subject.includes('código'))
      .at(-1)
    return /\d{6}/.exec(mail?.body ?? '')?.[0]
  }
  const address = () => `persona-${randomUUID()}@correo.mx`

  test('a code returns new links that open the submissions, and returns the same links on a second request', async () => {
    const email = address()
    const [one, two] = [await fx.submit(db, { email }), await fx.submit(db, { email: email.toUpperCase() })]
    await fx.submit(db, { email: address() })
    await request(email)
    const digits = (await codeFor(email))!
    const { links } = await recover(email, digits)
    expect(links!.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort())
    const link = links!.find(({ id }) => id === one.id)!
    expect(link.secret).toBe(createHash('sha256').update(`${SEED}:${one.id}`).digest('hex').slice(0, 32))
    expect((await fx.openFolio(db, link.folio, link.secret)).id).toBe(one.id)
    expect((await fx.openFolio(db, link.folio, one.secret)).id).toBe(one.id)
    expect((await recover(email, digits)).links).toEqual(links)
    expect(await recover(email, digits, 'b3RyYS1zZW1pbGxhLWRlMQ')).toMatchObject({
      code: 'PT403',
      message: 'code_invalid',
    })
  })

  test('an unknown address gets the same answers as a known one, and no letter', async () => {
    const email = address()
    expect(await request(email)).toEqual({ sent: true })
    expect(await request('no es un correo')).toEqual({ sent: true })
    expect(await codeFor(email)).toBeUndefined()
    const wrong = await Promise.all([1, 2, 3, 4].map(() => recover(email, '000000')))
    expect(wrong.map(({ message }) => message)).toEqual(Array(4).fill('code_invalid'))
    expect(await recover(email, '000000')).toMatchObject({ code: 'PT429', message: 'code_exhausted' })
  })

  test('the fifth wrong code voids the code, and a refused answer still counts the attempt', async () => {
    const email = address()
    await fx.submit(db, { email })
    await request(email)
    const digits = (await codeFor(email))!
    const wrong = digits === '000000' ? '111111' : '000000'
    for (let i = 0; i < 4; i++) expect((await recover(email, wrong)).message).toBe('code_invalid')
    expect((await recover(email, wrong)).message).toBe('code_exhausted')
    expect((await recover(email, digits)).message).toBe('code_exhausted')
  })

  test('recover_links passes its HTTP status to PostgREST through response.status', async () => {
    const status = await asActor(db, anon, async (client) => {
      await client.query(`select public.recover_links('x@correo.mx', '1', $1)`, [SEED])
      return (await client.query(`select current_setting('response.status', true) as status`)).rows[0].status
    })
    expect(status).toBe('403')
  })

  test('a recovery code is valid for 15 minutes', async () => {
    const email = address()
    await fx.submit(db, { email })
    const start = '2026-11-24T12:00:00Z'
    await fx.setClock(db, start)
    await request(email)
    const digits = (await codeFor(email))!
    await fx.setClock(db, await fx.shift(db, start, '15 minutes'))
    expect((await recover(email, digits)).message).toBe('code_invalid')
    await fx.setClock(db, await fx.shift(db, start, '15 minutes -1 microsecond'))
    expect((await recover(email, digits)).links).toHaveLength(1)
  })

  test('an address gets at most three recovery codes in an hour', async () => {
    const email = address()
    await fx.submit(db, { email })
    const start = '2026-11-24T12:00:00Z'
    await fx.setClock(db, start)
    for (let i = 0; i < 5; i++) await request(email)
    const sent = async () =>
      (
        await db.pool.query(`select from app.mail_queue where recipient = $1 and subject like '%código%'`, [
          email,
        ])
      ).rowCount
    expect(await sent()).toBe(3)
    await fx.setClock(db, await fx.shift(db, start, '1 hour'))
    await request(email)
    expect(await sent()).toBe(4)
    expect(await callAs(db, service, 'run_due_jobs')).toMatchObject({ codes_swept: expect.any(Number) })
  })

  test('recovery codes are stored only as hashes, and a seed must have 128 bits', async () => {
    const email = address()
    await fx.submit(db, { email })
    await request(email)
    const digits = (await codeFor(email))!
    const { rows } = await db.pool.query('select to_jsonb(c)::text as row from app.link_codes c')
    expect(rows.map(({ row }) => row).join()).not.toContain(`"${digits}"`)
    expect(await fx.outcome(recover(email, digits, 'corta'))).toBe('PT400 malformed_op')
  })
})

describe('letters', () => {
  test('a receipt contains the folio and not the secret, and a lost sender’s letter is due again after two minutes', async () => {
    const email = `cartas-${randomUUID()}@correo.mx`
    const { row, secret } = await fx.submit(db, { email })
    const start = await now()
    const take = async () =>
      (
        (await callAs(db, service, 'take_mail', { p_limit: 100 })) as {
          id: number
          to: string
          subject: string
          body: string
        }[]
      ).filter(({ to }) => to === email)
    const [mail] = await take()
    expect(mail!.subject).toBe(`Recibimos tu propuesta: folio ${row.folio}`)
    expect(mail!.body).toContain('Demostración: texto sin validez')
    expect(mail!.body).not.toContain(secret)
    expect(await take()).toEqual([])
    await fx.setClock(db, await fx.shift(db, start, '2 minutes 10 seconds'))
    expect((await take()).map(({ id }) => id)).toEqual([mail!.id])
    await callAs(db, service, 'settle_mail', { p_id: mail!.id, p_error: 'buzón lleno' })
    expect(await take()).toEqual([])
    await fx.setClock(db, await fx.shift(db, start, '20 minutes'))
    expect(await take()).toHaveLength(1)
    await callAs(db, service, 'settle_mail', { p_id: mail!.id })
    await fx.setClock(db, await fx.shift(db, start, '1 day'))
    expect(await take()).toEqual([])
    const { rows } = await db.pool.query(
      'select recipient, subject, body from app.mail_queue where id = $1',
      [mail!.id],
    )
    expect(rows).toEqual([{ recipient: '', subject: '', body: '' }])
  })

  test('two senders never take the same letter', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, i) => fx.submit(db, { email: `dos-${i}@correo.mx` })))
    const taken = (await Promise.all(
      [1, 2, 3].map(() => callAs(db, service, 'take_mail', { p_limit: 4 })),
    )) as { id: number }[][]
    const ids = taken.flat().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
