/**
 * Notices on a phone: who may ask for them, what the push service gets and the phone reads, and that they leave by the rules
 * of letters. A local server is the push service, and decrypts as a browser does (RFC 8291).
 */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import webPush from 'web-push'
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { createHandler, type Mail } from '../../supabase/functions/send-mail/handler'
import { pusherOf } from '../../supabase/functions/send-mail/push'
import { anon, callAs, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import { type Mailbox, useMailbox } from './mailFixtures'

let db: TestDatabase
let mail: Mailbox
useMailbox((...made) => ([db, mail] = made))

const KEYS = { ...webPush.generateVAPIDKeys(), subject: 'https://participa.example' }

/** A browser with a subscription. */
function phone(host = 'fcm.googleapis.com') {
  const keys = createECDH('prime256v1')
  const p256dh = keys.generateKeys('base64url')
  const auth = randomBytes(16)
  const endpoint = `https://${host}/send/${randomBytes(8).toString('hex')}`
  const asked = { p_endpoint: endpoint, p_p256dh: p256dh, p_auth: auth.toString('base64url') }
  return { endpoint, asked, read: (sealed: Buffer) => unseal(sealed, keys, auth) }
}

/** What a browser reads of a body of `aes128gcm` (RFC 8188) with its own keys (RFC 8291). */
function unseal(sealed: Buffer, keys: ReturnType<typeof createECDH>, auth: Buffer): unknown {
  const salt = sealed.subarray(0, 16)
  const sender = sealed.subarray(21, 21 + sealed[20]!)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender])
  const secret = hkdfSync('sha256', keys.computeSecret(sender), auth, info, 32)
  const derive = (label: string, length: number) =>
    Buffer.from(hkdfSync('sha256', new Uint8Array(secret), salt, `Content-Encoding: ${label}\0`, length))
  const record = sealed.subarray(21 + sealed[20]!)
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  decipher.setAuthTag(record.subarray(-16))
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
  return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString())
}

interface Got {
  endpoint: string
  headers: Record<string, string>
  body: Buffer
}
const got: Got[] = []
let status = 201
const server = createServer((request, response) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const headers = request.headers as Record<string, string>
    got.push({ endpoint: headers['x-endpoint']!, headers, body: Buffer.concat(pieces) })
    response.writeHead(status).end()
  })
})
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  const network = fetch
  vi.stubGlobal('fetch', (endpoint: string, init: RequestInit) =>
    network(`http://127.0.0.1:${port}/`, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), 'x-endpoint': endpoint },
    }),
  )
})
afterAll(() => {
  vi.unstubAllGlobals()
  server.close()
})
beforeEach(async () => {
  got.length = 0
  status = 201
  await callAs(db, service, 'keep_push_key', { p_key: KEYS.publicKey })
})
afterEach(() => db.pool.query('delete from app.push_targets'))

const deliver = createHandler({
  callerSecret: 'shown',
  takeMail: async (p_limit) => (await callAs(db, service, 'take_mail', { p_limit })) as Mail[],
  beginMail: async ({ id, lease }) =>
    (await callAs(db, service, 'begin_mail', { p_id: id, p_lease: lease })) as boolean,
  settleMail: async (id, error) => {
    const outcome = { p_error: error?.code ?? null, p_outcome: error?.meaning ?? 'failed' }
    await callAs(db, service, 'settle_mail', { p_id: id, ...outcome })
  },
  places: () => ({ app: 'https://participa.example', functions: 'https://api.example' }),
  send: () => Promise.resolve(),
  phones: {
    ...pusherOf(KEYS),
    keepKey: async (p_key) => {
      await callAs(db, service, 'keep_push_key', { p_key })
    },
  },
})
const send = async () =>
  (await deliver(new Request('http://localhost/', { method: 'POST', headers: secretHeader('shown') }))).json()

type Author = { row: { folio: string }; secret: string }
const choose = (one: Author, args: object = {}, p_secret = one.secret) =>
  callAs(db, anon, 'choose_push', { p_folio: one.row.folio, p_secret, ...args })
const follow = (one: Author, by: ReturnType<typeof phone>) => choose(one, { ...by.asked, p_wanted: true })
const tell = (id: string) => db.pool.query(`select app.queue_push($1, 'deadline', app.now())`, [id])
const waiting = async () =>
  (
    await db.pool.query<{ n: number }>(
      'select count(*)::int as n from app.mail_queue where push is not null and sent_at is null',
    )
  ).rows[0]!.n

test('a decision is told to the phone that asked, without a word of what it is, sealed for it and signed', async () => {
  const [one, mine] = [await fx.submit(db), phone()]
  expect(await choose(one)).toEqual({ key: KEYS.publicKey, on: false })
  expect(await follow(one, mine)).toEqual({ key: KEYS.publicKey, on: true })
  await fx.decide(db, fx.moderator, one.id, 'request_correction', { message: 'Falta una fuente.' })
  await mail.wait(2) // a decision can be undone for a minute
  expect(await send()).toEqual({ sent: 1, failed: 0 })
  const [{ endpoint, headers, body }] = got as [Got]
  expect(endpoint).toBe(mine.endpoint)
  expect(mine.read(body)).toEqual({
    title: 'Instituto de ejemplo',
    body: 'Hay una novedad en uno de tus envíos.',
    lang: 'es-MX',
  })
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: String(3 * 24 * 3600) })
  expect(headers['topic']).toMatch(/^[\da-f]{32}$/u)
  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/u.exec(headers['authorization']!)!
  expect(key).toBe(KEYS.publicKey)
  const point = Buffer.from(KEYS.publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url')) as [
    string,
    string,
  ]
  const jwk = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const [head, claims, signature] = token!.split('.')
  expect(
    verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: jwk, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature!, 'base64url'),
    ),
  ).toBe(true)
  expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toMatchObject({
    aud: 'https://fcm.googleapis.com',
    sub: KEYS.subject,
  })
  const { rows } = await db.pool.query('select recipient, body, push from app.mail_queue')
  expect(rows).toEqual([{ recipient: '', body: '', push: {} }])
})

test('a public servant is addressed formally, and a person without an e-mail is told as well', async () => {
  await jx.setDay(db, jx.DAY, 9)
  const [one, mine] = [await jx.register(db), phone('updates.push.services.mozilla.com')]
  await follow(one, mine)
  await db.pool.query('update app.contacts set email = null, email_key = null where submission_id = $1', [
    one.id,
  ])
  await db.pool.query(`delete from app.mail_queue`)
  await jx.author(db, 'registration.cancel_day', one)
  await send()
  expect(got.map(({ body }) => mine.read(body))).toMatchObject([
    { body: 'Hay una novedad en uno de sus envíos.' },
  ])
})

test('news of several folios of one phone leave as one, and more than three an hour wait', async () => {
  const mine = phone()
  const all = [await fx.submit(db), await fx.submit(db)]
  for (const one of all) await follow(one, mine)
  for (const { id } of all) await tell(id)
  await send()
  expect([got.length, await waiting()]).toEqual([1, 0])
  for (let i = 0; i < 3; i++) {
    await tell(all[0]!.id)
    await send()
  }
  expect([got.length, await waiting()]).toEqual([3, 1])
  await mail.wait(61)
  await send()
  expect(got.length).toBe(4)
})

test.each([404, 410])(
  'a phone that its service answers %i for is forgotten, with all that waits for it',
  async (gone) => {
    const [one, mine] = [await fx.submit(db), phone()]
    await follow(one, mine)
    await tell(one.id)
    status = gone
    expect(await send()).toEqual({ sent: 0, failed: 1 })
    expect(await choose(one, { p_endpoint: mine.endpoint })).toMatchObject({ on: false })
    expect(await waiting()).toBe(0)
  },
)

test('a service that fails is tried again, and one that never answers gets the push again under the same topic', async () => {
  const [one, mine] = [await fx.submit(db), phone()]
  await follow(one, mine)
  await tell(one.id)
  status = 503
  await send()
  const [letter] = await (async () => {
    await mail.wait(10)
    return (await callAs(db, service, 'take_mail', { p_limit: 9 })) as Mail[]
  })()
  await callAs(db, service, 'begin_mail', { p_id: letter!.id, p_lease: letter!.lease }) // and the sender dies
  status = 201
  await mail.wait(10)
  await send()
  expect(got.map(({ headers }) => headers['topic'])).toEqual(Array(2).fill(letter!.name.replaceAll('-', '')))
})

test('at night a push waits for the morning as a letter does', async () => {
  const [one, mine] = [await fx.submit(db), phone()]
  await follow(one, mine)
  await fx.setClock(db, '2026-11-25T05:00:00Z') // 23:00 in central Mexico
  await tell(one.id)
  expect(await callAs(db, service, 'take_mail', { p_limit: 9, p_quiet: true })).toEqual([])
  await fx.setClock(db, '2026-11-25T15:00:00Z')
  expect(await callAs(db, service, 'take_mail', { p_limit: 9, p_quiet: true })).toHaveLength(1)
})

test('an undone decision is not told', async () => {
  const [one, mine] = [await fx.submit(db), phone()]
  await follow(one, mine)
  const { events } = await fx.decide(db, fx.moderator, one.id, 'request_correction', { message: 'Falta.' })
  expect(await waiting()).toBe(1)
  const undo = fx.op('review.undo', one.id, { event_id: events.at(-1)!.id })
  expect(await fx.applyOne(db, fx.moderator, undo)).toMatchObject({ status: 'applied' })
  expect(await waiting()).toBe(0)
})

test('only the folio’s secret chooses, only for services of browsers, and the sixth phone ends the oldest', async () => {
  const one = await fx.submit(db)
  expect(await fx.outcome(choose(one, phone().asked, fx.newSecret()))).toBe('PT404 submission_unknown')
  for (const host of [
    'localhost',
    '127.0.0.1',
    'fcm.googleapis.com.evil.example',
    'user@fcm.googleapis.com',
    'fcm.googleapis.com:8443',
    'evilpush.apple.com.mx',
  ])
    expect([host, await fx.outcome(follow(one, phone(host)))]).toEqual([host, 'PT400 malformed_op'])
  expect(await fx.outcome(choose(one, { ...phone().asked, p_auth: 'x', p_wanted: true }))).toBe(
    'PT400 malformed_op',
  )
  const phones = [
    'wns2-x.notify.windows.com',
    'web.push.apple.com',
    ...Array<string>(4).fill('fcm.googleapis.com'),
  ].map(phone)
  for (const by of phones) {
    await mail.wait(1)
    expect(await follow(one, by)).toMatchObject({ on: true })
  }
  const on = await Promise.all(
    phones.map(async ({ endpoint }) => ((await choose(one, { p_endpoint: endpoint })) as { on: boolean }).on),
  )
  expect(on).toEqual([false, true, true, true, true, true])
  expect(await choose(one, { p_endpoint: phones[5]!.endpoint, p_wanted: false })).toMatchObject({ on: false })
})

test('another key of the project ends all subscriptions, because their services would refuse it', async () => {
  const [one, mine] = [await fx.submit(db), phone()]
  await follow(one, mine)
  const { publicKey } = webPush.generateVAPIDKeys()
  expect(await callAs(db, service, 'keep_push_key', { p_key: publicKey })).toBe(true)
  expect(await choose(one, { p_endpoint: mine.endpoint })).toEqual({ key: publicKey, on: false })
})
