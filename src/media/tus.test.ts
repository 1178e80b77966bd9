import { expect, test } from 'vitest'
import { Fault } from '@/domain/fault'
import { askOffset, createUpload, sendChunk, type Transport, type TusAnswer, type TusRequest } from './tus'
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

test('a creation says what the server must know, and nothing that it would refuse', async () => {
  await create(answer(201, { ...TUS, location: URL_ }))
  expect(asked).toMatchObject({ method: 'POST', url: 'http://127.0.0.1/storage/v1/upload/resumable' })
  expect(Object.keys(asked!.headers).sort()).toEqual([
    'apikey',
    'tus-resumable',
    'upload-length',
    'upload-metadata',
  ])
  const told = asked!.headers['upload-metadata']!.split(',').map((pair) => {
    const [key, value] = pair.split(' ')
    return [key, atob(value!)]
  })
  expect(Object.fromEntries(told)).toEqual({
    bucketName: 'videos-intake',
    objectName: 'm1',
    contentType: 'video/mp4',
    cacheControl: '3600',
  })
})

test.each([
  ['absolute', URL_],
  ['of another scheme, behind a proxy', URL_.replace('http:', 'https:')],
  ['of another host', 'http://evil.example/storage/v1/upload/resumable/abc'],
  ['relative', '/storage/v1/upload/resumable/abc'],
])('an address that is %s leads to our own server', async (_, location) => {
  expect(await create(answer(201, { ...TUS, location }))).toEqual({ kind: 'created', url: URL_ })
})

test.each([
  ['a creation without address', create, answer(201, TUS)],
  ['a portal for a creation', create, answer(200)],
  ['a portal for a question', ask, answer(200, { 'upload-offset': '3' })],
  ['a portal for a chunk', send, answer(204)],
  ['a portal that finds nothing', ask, answer(404)],
  ['a portal that forbids', send, answer(403)],
  ['a question answered without offset', ask, answer(200, TUS)],
])('%s is not ours', async (_, call, given) => {
  expect(await call(given)).toEqual({ kind: 'wait', code: 'not_ours', afterMs: 0 })
})

test.each([
  ['where it stands', { 'upload-offset': '40', 'upload-length': '100' }, { kind: 'at', offset: 40 }],
  ['more than there is', { 'upload-offset': '101' }, { kind: 'gone' }],
  ['another length', { 'upload-offset': '40', 'upload-length': '99' }, { kind: 'gone' }],
])('a question answered with %s', async (_, headers, outcome) => {
  expect(await ask(answer(200, { ...TUS, ...headers }))).toEqual(outcome)
})

test.each([
  ['30', { kind: 'at', offset: 30 }],
  ['25', { kind: 'at', offset: 25 }],
  ['10', { kind: 'wrong_offset' }],
  ['31', { kind: 'wrong_offset' }],
  ['x', { kind: 'wrong_offset' }],
])('a chunk of ten from 20 after which the server stands at %s', async (offset, outcome) => {
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
])('%i means %s at creation, %s when asked, %s for a chunk', async (status, created, told, sent) => {
  const given = answer(status, TUS)
  const outcomes = await Promise.all([create(given), ask(given), send(given)])
  expect(outcomes.map(({ kind }) => kind)).toEqual([created, told, sent])
})

test('the server says how long to wait in seconds; a date is not believed', async () => {
  expect(await send(answer(503, { 'retry-after': '7' }))).toMatchObject({ code: 'server', afterMs: 7_000 })
  const date = 'Wed, 25 Nov 2026 00:00:00 GMT'
  expect(await send(answer(429, { 'retry-after': date }))).toMatchObject({ code: 'rate_limited', afterMs: 0 })
})

test('a fault of the way is waited for, a stop is none, anything else is thrown', async () => {
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
