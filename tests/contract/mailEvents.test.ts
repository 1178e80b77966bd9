/** What a mail service tells of letters: only a signed, recent call counts, and only once. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createHandler } from '../../supabase/functions/mail-events/handler'
import { call } from './clients'

const SECRET = `whsec_${Buffer.from('a secret of the mail service').toString('base64')}`
const NAME = '0b0e7a52-5d0c-4a53-9c2e-3a3f0a1f6f11'
const told = (type: string, name = NAME) =>
  JSON.stringify({ type, data: { email_id: 'x', tags: { letter: name } } })

const sign = (secret: string, id: string, at: number, body: string) =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(`${id}.${at}.${body}`)
    .digest('base64')}`

const now = () => Math.floor(Date.now() / 1000)

function signed(body: string, { secret = SECRET, id = 'msg_1', at = now(), prefix = 'webhook' } = {}) {
  return {
    [`${prefix}-id`]: id,
    [`${prefix}-timestamp`]: String(at),
    [`${prefix}-signature`]: `v1,AAAA ${sign(secret, id, at, body)}`,
  }
}

describe('a call of the mail service', () => {
  async function ask(headers: Record<string, string>, body: string, secret = SECRET) {
    const recorded: [string, string][] = []
    const handler = createHandler({ secret, record: async (...one) => recorded.push(one) > 0 })
    const response = await handler(new Request('http://localhost/', { method: 'POST', headers, body }))
    return { status: response.status, recorded, answer: await response.json() }
  }

  test.each([
    ['email.delivered', 'delivered'],
    ['email.bounced', 'bounced'],
    ['email.complained', 'complained'],
  ])('that says %s is recorded, in either spelling of its headers', async (type, event) => {
    const body = told(type)
    for (const prefix of ['webhook', 'svix'])
      expect(await ask(signed(body, { prefix }), body)).toEqual({
        status: 200,
        recorded: [[NAME, event]],
        answer: { known: true },
      })
  })

  test('that says something else is answered and changes nothing', async () => {
    for (const body of [
      told('email.opened'),
      told('email.bounced', 'x'),
      told('email.bounced', '-'.repeat(36)),
      '{}',
      'null',
      'no JSON',
    ])
      expect(await ask(signed(body), body)).toEqual({ status: 200, recorded: [], answer: { known: false } })
  })

  test('with a large body or many signatures makes nobody hash it again and again', async () => {
    const large = JSON.stringify({ ...JSON.parse(told('email.bounced')), more: 'x'.repeat(70_000) })
    expect(await ask(signed(large), large)).toMatchObject({ status: 413, recorded: [] })
    const body = told('email.bounced')
    const { 'webhook-signature': good, ...others } = signed(body)
    const many = `${'v1,AAAA '.repeat(2_000)}${good}`
    expect(await ask({ ...others, 'webhook-signature': many }, body)).toMatchObject({
      status: 401,
      recorded: [],
    })
  })

  test('is refused without its signature, with that of another body, secret, id or time, and when it is old', async () => {
    const body = told('email.bounced')
    const good = signed(body)
    const refused: Record<string, string>[] = [
      {},
      signed(told('email.complained')),
      signed(body, { secret: `whsec_${Buffer.from('another secret').toString('base64')}` }),
      { ...good, 'webhook-id': 'msg_2' },
      { ...good, 'webhook-timestamp': String(now() - 1) },
      { ...good, 'webhook-signature': good['webhook-signature']!.replace(/v1,/gu, 'v2,') },
      signed(body, { at: now() - 301 }),
      signed(body, { at: now() + 302 }),
      { ...good, 'webhook-timestamp': 'NaN' },
    ]
    for (const headers of refused)
      expect(await ask(headers, body)).toMatchObject({ status: 401, recorded: [] })
  })

  test('is refused where no secret was set, also when it is signed with an empty one', async () => {
    const body = told('email.bounced')
    for (const secret of ['', 'whsec_'])
      expect(await ask(signed(body, { secret: '' }), body, secret)).toMatchObject({
        status: 401,
        recorded: [],
      })
  })
})

test('the project answers to nobody else', async () => {
  const body = told('email.bounced')
  const headers = { 'content-type': 'application/json', ...signed(body) }
  expect((await call('/functions/v1/mail-events', { method: 'POST', headers, body })).status).toBe(401)
})
