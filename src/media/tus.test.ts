import { expect, test } from 'vitest'
import { Fault } from '@/domain/fault'
import { askOffset, createUpload, type Transport, type TusAnswer, type TusRequest } from './tus'
import { sendChunk } from './tusChunk'
import { answer } from './testing/sender'

const FILE = { id: 'm1', bytes: 100, mime: 'video/mp4' }
const URL_ = 'http://127.0.0.1/storage/v1/upload/resumable/abc'
const TUS = { 'tus-resumable': '1.0.0' }

let asked: TusRequest | undefined
const giving =
  (given: TusAnswer): Transport =>
  (request) => {
    asked = request
    return Promise.resolve(given)
  }
const body = new Uint8Array(10)

const create = (given: TusAnswer) => createUpload(giving(given), FILE, {})
const ask = (given: TusAnswer) => askOffset(giving(given), URL_, FILE, {})
const send = (given: TusAnswer) => sendChunk(giving(given), URL_, 20, body, {})

test('a creation request has the headers and metadata that the server requires, and no others', async () => {
  await create(answer(201, { ...TUS, location: URL_ }))
  expect(asked).toMatchObject({ method: 'POST', url: 'http://127.0.0.1/storage/v1/upload/resumable' })
  expect(Object.keys(asked!.headers).sort()).toEqual([
    'apikey',
    'tus-resumable',
    'upload-length',
    'upload-metadata',
  ])
  const metadata = asked!.headers['upload-metadata']!.split(',').map((pair) => {
    const [key, value] = pair.split(' ')
    return [key, atob(value!)]
  })
  expect(Object.fromEntries(metadata)).toEqual({
    bucketName: 'videos-intake',
    objectName: 'm1',
    contentType: 'video/mp4',
    cacheControl: '3600',
  })
})

test.each([
  ['absolute', URL_],
  ['with another scheme, behind a proxy', URL_.replace('http:', 'https:')],
  ['on another host', 'http://evil.example/storage/v1/upload/resumable/abc'],
  ['relative', '/storage/v1/upload/resumable/abc'],
])('an upload address that is %s becomes an address on the app’s own server', async (_, location) => {
  expect(await create(answer(201, { ...TUS, location }))).toEqual({ kind: 'created', url: URL_ })
})

test.each([
  ['a creation answer without an address', create, answer(201, TUS)],
  ['a captive portal’s 200 for a creation', create, answer(200)],
  ['a captive portal’s 200 for an offset request', ask, answer(200, { 'upload-offset': '3' })],
  ['a captive portal’s 204 for a chunk', send, answer(204)],
  ['a captive portal’s 404', ask, answer(404)],
  ['a captive portal’s 403', send, answer(403)],
  ['an offset answer without an offset', ask, answer(200, TUS)],
])('%s counts as not from our server', async (_, call, given) => {
  expect(await call(given)).toEqual({ kind: 'wait', code: 'not_ours', afterMs: 0 })
})

test.each([
  ['a valid offset', { 'upload-offset': '40', 'upload-length': '100' }, { kind: 'at', offset: 40 }],
  ['an offset after the end of the file', { 'upload-offset': '101' }, { kind: 'gone' }],
  ['the length of another file', { 'upload-offset': '40', 'upload-length': '99' }, { kind: 'gone' }],
])('an answer with %s becomes the right outcome', async (_, headers, outcome) => {
  expect(await ask(answer(200, { ...TUS, ...headers }))).toEqual(outcome)
})

test.each([
  ['30', { kind: 'at', offset: 30 }],
  ['25', { kind: 'at', offset: 25 }],
  ['10', { kind: 'wrong_offset' }],
  ['31', { kind: 'wrong_offset' }],
  ['x', { kind: 'wrong_offset' }],
])('offset %s after a chunk of bytes 20 to 29 becomes the right outcome', async (offset, outcome) => {
  expect(await send(answer(204, { ...TUS, 'upload-offset': offset }))).toEqual(outcome)
})

test.each([
  [401, 'denied', 'denied', 'denied'],
  [403, 'denied', 'denied', 'denied'],
  [404, 'wait', 'gone', 'gone'],
  [409, 'exists', 'wrong_offset', 'wrong_offset'],
  [410, 'wait', 'gone', 'gone'],
  [413, 'refused', 'refused', 'refused'],
  [415, 'refused', 'refused', 'refused'],
  [423, 'wait', 'wait', 'wait'],
  [429, 'wait', 'wait', 'wait'],
  [400, 'wait', 'wait', 'wait'],
  [503, 'wait', 'wait', 'wait'],
])(
  'status %i means %s for a creation, %s for an offset request, %s for a chunk',
  async (status, created, asked, sent) => {
    const given = answer(status, TUS)
    const outcomes = await Promise.all([create(given), ask(given), send(given)])
    expect(outcomes.map(({ kind }) => kind)).toEqual([created, asked, sent])
  },
)

test('a Retry-After in seconds is obeyed, and a date is ignored', async () => {
  expect(await send(answer(503, { 'retry-after': '7' }))).toMatchObject({ code: 'server', afterMs: 7_000 })
  const date = 'Wed, 25 Nov 2026 00:00:00 GMT'
  expect(await send(answer(429, { 'retry-after': date }))).toMatchObject({ code: 'rate_limited', afterMs: 0 })
})

test('a network fault becomes a wait, a stop becomes stopped, and another error is thrown', async () => {
  const failing = (error: unknown) => {
    const transport = async (): Promise<TusAnswer> => {
      throw error
    }
    return askOffset(transport, URL_, FILE, {})
  }
  expect(await failing(new Fault('timeout', true))).toEqual({ kind: 'wait', code: 'timeout', afterMs: 0 })
  expect(await failing(new Fault('stopped', true))).toEqual({ kind: 'stopped' })
  await expect(failing(new TypeError('boom'))).rejects.toThrow('boom')
})
