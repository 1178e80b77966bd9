// @vitest-environment happy-dom
/** Uploading the file of an insumo when the server refuses the member's token. */
import { beforeEach, expect, test, vi } from 'vitest'
import type { TusAnswer, TusRequest } from '@/media/tus'
import { uploadFile } from './upload'

const { answers, sent, renewals } = vi.hoisted(() => ({
  answers: [] as TusAnswer[],
  sent: [] as string[],
  renewals: [] as string[],
}))
let token = 'old'

vi.mock('@/data/staff/client', () => ({
  supabase: {
    auth: {
      getSession: () => Promise.resolve({ data: { session: { access_token: token } } }),
      refreshSession: () => {
        renewals.push(token)
        token = 'new'
        return Promise.resolve({ error: null })
      },
    },
  },
}))
vi.mock('@/media/xhrTransport', () => ({
  xhrTransport: ({ headers }: TusRequest) => {
    sent.push(headers['authorization']!)
    return Promise.resolve(answers.shift())
  },
}))
vi.mock('@/sync/backoff', () => ({ backoffMs: () => 0 }))

const answer = (status: number, headers: Record<string, string>): TusAnswer => ({
  status,
  header: (name) => headers[name] ?? null,
})
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const TUS = { 'tus-resumable': '1.0.0' }
const upload = () =>
  uploadFile({ id: 'file', mime: 'text/csv', bucket: 'insumos-intake' }, new Uint8Array(3), {
    signal: new AbortController().signal,
    onSent: () => undefined,
    onWait: () => undefined,
  })

beforeEach(() => {
  sessionStorage.clear()
  token = 'old'
  for (const list of [answers, sent, renewals]) list.length = 0
})

test.each([
  ['the storage API’s 400', answer(400, JSON_TYPE)],
  ['the gateway’s 401', answer(401, JSON_TYPE)],
])('a token that %s refuses is renewed, and the upload goes on', async (_, refused) => {
  const location = 'http://127.0.0.1/storage/v1/upload/resumable/abc'
  answers.push(refused, answer(201, { ...TUS, location }), answer(204, { ...TUS, 'upload-offset': '3' }))
  await upload()
  expect(renewals).toEqual(['old'])
  expect(sent).toEqual(['Bearer old', 'Bearer new', 'Bearer new'])
})

test('a member whose renewed tokens are refused too is told', async () => {
  answers.push(...Array.from({ length: 9 }, () => answer(400, JSON_TYPE)))
  await expect(upload()).rejects.toMatchObject({ code: 'not_allowed' })
})

test('a captive portal’s 400 neither renews the token nor ends the upload', async () => {
  const location = 'http://127.0.0.1/storage/v1/upload/resumable/abc'
  const portal = answer(400, { 'content-type': 'text/html' })
  answers.push(portal, portal, portal, portal)
  answers.push(answer(201, { ...TUS, location }), answer(204, { ...TUS, 'upload-offset': '3' }))
  await upload()
  expect(renewals).toEqual([])
})
