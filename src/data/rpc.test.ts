import { expect, test, vi } from 'vitest'
import type { ApplyOpsAnswer } from '@/domain/ops'
import { isApplyAnswer } from './schemas'
import { rpc, rpcGet, type RpcOptions } from './rpc'

const answer = (body: string, init: ResponseInit = {}) =>
  vi.fn((_url: string, _init: RequestInit) => Promise.resolve(new Response(body, init)))
const call = (fetch: ReturnType<typeof answer>, options: RpcOptions<ApplyOpsAnswer> = {}) =>
  rpc('apply_ops', { ops: [] }, { ...options, fetch: fetch as unknown as typeof globalThis.fetch })

test('a call is one POST with the key and the body, without cookies, and follows no redirect', async () => {
  const fetch = answer('{"ok":true}')
  expect(await call(fetch)).toEqual({ ok: true })
  const [url, init] = fetch.mock.calls[0]!
  expect(url).toMatch(/\/rest\/v1\/rpc\/apply_ops$/u)
  expect(init).toMatchObject({ method: 'POST', body: '{"ops":[]}', redirect: 'error', credentials: 'omit' })
  expect(init.headers).toMatchObject({ apikey: expect.stringMatching(/./u) })
  expect(init.headers).not.toHaveProperty('authorization')
})

test('a staff member’s token is sent as a bearer token', async () => {
  const fetch = answer('null')
  await call(fetch, { token: 'abc' })
  expect(fetch.mock.calls[0]![1].headers).toMatchObject({ authorization: 'Bearer abc' })
})

test('a function without a result answers null', async () => {
  expect(await call(answer(''))).toBeNull()
})

const refusal = JSON.stringify({ code: 'PT409', message: 'convocatoria_closed', details: 'body', hint: null })

test.each([
  ['a refusal with our code', answer(refusal, { status: 409 }), 'convocatoria_closed', false],
  [
    'a refusal with the status of a rate limit',
    answer(refusal, { status: 429 }),
    'convocatoria_closed',
    false,
  ],
  ['an error of Postgres', answer('{"code":"23505","message":"x"}', { status: 409 }), 'server', true],
  ['a 403 with HTML', answer('<h1>403</h1>', { status: 403 }), 'server', true],
  ['a server error', answer('oops', { status: 503 }), 'server', true],
  ['too many calls', answer('{}', { status: 429 }), 'rate_limited', true],
  ['an expired token', answer('{"message":"JWT expired"}', { status: 401 }), 'auth', false],
  ['a captive portal’s page', answer('<html>login</html>'), 'not_ours', true],
  ['no signal', vi.fn(() => Promise.reject(new TypeError('Failed to fetch'))), 'offline', true],
])('after %s the call rejects with the fault of that cause', async (_, fetch, code, retryable) => {
  await expect(call(fetch as ReturnType<typeof answer>)).rejects.toMatchObject({ code, retryable })
})

test('the fault of a refusal has the refused field', async () => {
  const fault = call(answer(refusal, { status: 409 }))
  await expect(fault).rejects.toMatchObject({ details: { field: 'body', status: 409 } })
})

test.each([
  ['7', 7_000],
  ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
  ['soon', undefined],
])('Retry-After «%s» is a wait of %s ms', async (header, retryAfterMs) => {
  const fault: unknown = await call(answer('', { status: 503, headers: { 'retry-after': header } })).catch(
    (error: unknown) => error,
  )
  expect(fault).toHaveProperty('details', {
    status: 503,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
})

test('JSON of another shape is the fault `not_ours`', async () => {
  const options = { accepts: isApplyAnswer }
  await expect(call(answer('{"status":"login"}'), options)).rejects.toMatchObject({ code: 'not_ours' })
  await expect(call(answer('{"now":"x","verdicts":[]}'), options)).resolves.toMatchObject({ verdicts: [] })
})

/** Never answers, like a stalled connection; rejects when the signal aborts. */
const stalled = vi.fn(
  (_: string, init: RequestInit) =>
    new Promise<Response>((_resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal!.reason))
    }),
)

test('a call that hangs ends at its deadline', async () => {
  await expect(call(stalled, { timeoutMs: 5 })).rejects.toMatchObject({ code: 'timeout', retryable: true })
})

test('an answer whose body hangs ends at its deadline too', async () => {
  const body = new ReadableStream({ start: () => undefined })
  const fetch = vi.fn((_: string, init: RequestInit) => {
    init.signal?.addEventListener('abort', () => body.cancel())
    return Promise.resolve({ ok: true, status: 200, text: () => stalled('', init) })
  })
  const hanging = call(fetch as unknown as ReturnType<typeof answer>, { timeoutMs: 5 })
  await expect(hanging).rejects.toMatchObject({ code: 'timeout' })
})

test('a call that its caller aborts rejects', async () => {
  const controller = new AbortController()
  const hanging = call(stalled, { signal: controller.signal })
  controller.abort()
  await expect(hanging).rejects.toMatchObject({ code: 'offline' })
})

test('a public read is a GET with its arguments in the address', async () => {
  const fetch = answer('[]')
  vi.stubGlobal('fetch', fetch)
  await rpcGet('published_videos', { p_convocatoria: 'c', p_after: 'a b' })
  await rpcGet('published_videos', { p_convocatoria: 'c', p_after: null })
  await rpcGet('bootstrap')
  vi.unstubAllGlobals()
  expect(fetch.mock.calls.map(([url]) => url.split('/rpc/')[1])).toEqual([
    'published_videos?p_convocatoria=c&p_after=a+b',
    'published_videos?p_convocatoria=c',
    'bootstrap',
  ])
  expect(fetch.mock.calls[0]![1]).toMatchObject({ method: 'GET' })
})
