import { expect, test, vi } from 'vitest'
import type { ApplyOpsAnswer } from '@/domain/ops'
import { isApplyAnswer } from './schemas'
import { rpc, rpcGet, type RpcOptions } from './rpc'

const answer = (body: string, init: ResponseInit = {}) =>
  vi.fn((_url: string, _init: RequestInit) => Promise.resolve(new Response(body, init)))
const call = (fetch: ReturnType<typeof answer>, options: RpcOptions<ApplyOpsAnswer> = {}) =>
  rpc('apply_ops', { ops: [] }, { ...options, fetch: fetch as unknown as typeof globalThis.fetch })

test('a call is one POST with key and body, without cookies, and follows no redirect', async () => {
  const fetch = answer('{"ok":true}')
  expect(await call(fetch)).toEqual({ ok: true })
  const [url, init] = fetch.mock.calls[0]!
  expect(url).toMatch(/\/rest\/v1\/rpc\/apply_ops$/u)
  expect(init).toMatchObject({ method: 'POST', body: '{"ops":[]}', redirect: 'error', credentials: 'omit' })
  expect(init.headers).toMatchObject({ apikey: expect.stringMatching(/./u) })
  expect(init.headers).not.toHaveProperty('authorization')
})

test('the staff’s token is sent as bearer', async () => {
  const fetch = answer('null')
  await call(fetch, { token: 'abc' })
  expect(fetch.mock.calls[0]![1].headers).toMatchObject({ authorization: 'Bearer abc' })
})

test('a function without result answers null', async () => {
  expect(await call(answer(''))).toBeNull()
})

const refusal = JSON.stringify({ code: 'PT409', message: 'convocatoria_closed', details: 'body', hint: null })

test.each([
  ['a refusal of ours', answer(refusal, { status: 409 }), 'convocatoria_closed', false],
  [
    'a refusal with the status of a rate limit',
    answer(refusal, { status: 429 }),
    'convocatoria_closed',
    false,
  ],
  ['somebody else’s message', answer('{"code":"23505","message":"x"}', { status: 409 }), 'server', true],
  ['a denied page of HTML', answer('<h1>403</h1>', { status: 403 }), 'server', true],
  ['a server error', answer('oops', { status: 503 }), 'server', true],
  ['too many calls', answer('{}', { status: 429 }), 'rate_limited', true],
  ['an old token', answer('{"message":"JWT expired"}', { status: 401 }), 'auth', false],
  ['a captive portal’s page', answer('<html>login</html>'), 'not_ours', true],
  ['no signal', vi.fn(() => Promise.reject(new TypeError('Failed to fetch'))), 'offline', true],
])('%s is named', async (_, fetch, code, retryable) => {
  await expect(call(fetch as ReturnType<typeof answer>)).rejects.toMatchObject({ code, retryable })
})

test('a refusal names its field', async () => {
  const fault = call(answer(refusal, { status: 409 }))
  await expect(fault).rejects.toMatchObject({ details: { field: 'body', status: 409 } })
})

test.each([
  ['7', 7_000],
  ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
  ['soon', undefined],
])('Retry-After «%s» is understood', async (header, retryAfterMs) => {
  const fault: unknown = await call(answer('', { status: 503, headers: { 'retry-after': header } })).catch(
    (error: unknown) => error,
  )
  expect(fault).toHaveProperty('details', {
    status: 503,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
})

test('JSON of another shape is not ours', async () => {
  const options = { accepts: isApplyAnswer }
  await expect(call(answer('{"status":"login"}'), options)).rejects.toMatchObject({ code: 'not_ours' })
  await expect(call(answer('{"now":"x","verdicts":[]}'), options)).resolves.toMatchObject({ verdicts: [] })
})

/** Never answers, as a stalled link; ends with the signal. */
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

test('the caller may give up', async () => {
  const controller = new AbortController()
  const hanging = call(stalled, { signal: controller.signal })
  controller.abort()
  await expect(hanging).rejects.toMatchObject({ code: 'offline' })
})

test('public reads go by GET, with their arguments in the address', async () => {
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
