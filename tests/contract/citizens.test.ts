import { describe, expect, test } from 'vitest'
import { uuidV7 } from '@/sync/uuid'
import { anonymous, apply, call, newSecret, pullPublic, rowOf, validOp } from './clients'

describe('public reads', () => {
  test('bootstrap answers a GET request, so that a service worker can cache it', async () => {
    const { data, error } = await anonymous().rpc('bootstrap', undefined, { get: true })
    expect(error).toBeNull()
    const { now, institution, convocatorias } = data!
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(24 * 3600 * 1000)
    expect(institution.name).not.toBe('')
    expect(convocatorias.length).toBeGreaterThan(0)
  })

  test.each([
    ['bootstrap', ''],
    ['list_bodies', '?p_within='],
    ['published_propuestas', '?p_convocatoria=00000000-0000-4000-8000-0000000000c4'],
    ['published_videos', '?p_convocatoria=00000000-0000-4000-8000-0000000000c2'],
  ])('%s answers 304 without a body to whoever holds the answer', async (fn, query) => {
    const read = (tags: string) => call(`/rest/v1/rpc/${fn}${query}`, { headers: { 'if-none-match': tags } })
    const first = await read('"another"')
    expect(first.status).toBe(200)
    expect(await first.json()).not.toBeNull()
    expect(first.headers.get('cache-control')).toBe('no-cache')
    const tag = first.headers.get('etag')!
    expect(tag).toMatch(/^W\/"[0-9a-f]{32}"$/u)
    for (const held of [tag, tag.slice(2), `"another", ${tag}`]) {
      const again = await read(held)
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, ''])
    }
  })

  test('the first pull returns all public rows, and the next one returns none of them again', async () => {
    const first = await pullPublic(anonymous())
    expect(first.status).toBe('ok')
    expect(first.reset).toBe(true)
    expect(first.changes.some(({ entity }) => entity === 'convocatoria')).toBe(true)
    const { data } = await anonymous().rpc('pull_changes', {
      pulls: [{ scope: 'public', cursor: first.cursor }],
    })
    expect(data).toMatchObject({ pulls: [{ status: 'ok', reset: false }] })
  })

  test('tables cannot be reached over REST', async () => {
    for (const table of ['submissions', 'contacts', 'staff']) {
      const { data, status } = await anonymous()
        .from(table as never)
        .select('*')
      expect(status).toBe(404)
      expect(data).toBeNull()
    }
  })

  test('an unknown function and an unknown argument are answered with 404', async () => {
    expect((await call('/rest/v1/rpc/no_such_function', { method: 'POST', body: '{}' })).status).toBe(404)
    const wrong = await call('/rest/v1/rpc/open_folio', { method: 'POST', body: '{"folio":"x"}' })
    expect(wrong.status).toBe(404)
    expect(await wrong.json()).toMatchObject({ code: 'PGRST202' })
  })

  test('a call without a valid key is answered with 401', async () => {
    expect((await call('/rest/v1/rpc/bootstrap', { key: 'sb_publishable_wrong' })).status).toBe(401)
    expect(
      (await call('/rest/v1/rpc/bootstrap', { headers: { authorization: 'Bearer a.b.c' } })).status,
    ).toBe(401)
  })

  test('a body that is not JSON is answered with 400', async () => {
    expect((await call('/rest/v1/rpc/open_folio', { method: 'POST', body: '{"p_folio":' })).status).toBe(400)
  })
})

describe('submissions', () => {
  test('an op is applied once, and its replay returns the same row', async () => {
    const client = anonymous()
    const op = await validOp(client)
    const row = rowOf((await apply(client, [op]))[0])
    expect(row.folio).toMatch(/^PR-\d{4}-\d{6,}-\d$/)
    expect(rowOf((await apply(client, [op]))[0]).folio).toBe(row.folio)
    const again = { ...op, op_id: uuidV7() }
    expect(rowOf((await apply(client, [again]))[0]).folio).toBe(row.folio)
  })

  test('a refused op does not stop the other ops of its batch', async () => {
    const client = anonymous()
    const valid = await validOp(client)
    const short = { ...(await validOp(client)), payload: { ...(valid.payload as object), body: 'corta' } }
    const [first, second] = await apply(client, [short, valid])
    expect(first).toMatchObject({ op_id: short.op_id, status: 'refused', code: 'body_too_short' })
    expect(second).toMatchObject({ op_id: valid.op_id, status: 'applied' })
  })

  test('a NUL escape goes from the text, and the batch goes on', async () => {
    const client = anonymous()
    const valid = await validOp(client)
    const payload = { ...(valid.payload as object), body: 'Un texto largo con NUL \0 en medio' }
    const poisoned = { ...(await validOp(client)), payload }
    const [first, second] = await apply(client, [poisoned, valid])
    expect(rowOf(first).content).toMatchObject({ body: 'Un texto largo con NUL  en medio' })
    expect(second).toMatchObject({ op_id: valid.op_id, status: 'applied' })
  })

  test('a malformed batch is answered with its error code and HTTP status', async () => {
    const { error, status } = await anonymous().rpc('apply_ops', { ops: {} as never })
    expect(status).toBe(400)
    expect(error).toMatchObject({ code: 'PT400', message: 'malformed_op' })
    const many = Array.from({ length: 51 }, () => ({}))
    const tooMany = await anonymous().rpc('apply_ops', { ops: many as never })
    expect(tooMany.status).toBe(413)
    expect(tooMany.error).toMatchObject({ message: 'batch_too_large' })
  })

  test('the author opens a folio with its secret, and a wrong secret gets the same answer as an unknown folio', async () => {
    const client = anonymous()
    const op = await validOp(client)
    const { folio } = rowOf((await apply(client, [op]))[0])
    const mine = await client.rpc('open_folio', { p_folio: folio, p_secret: op.secret })
    expect(mine.data).toMatchObject({ id: op.entity_id, folio, state: 'received' })
    const stranger = await client.rpc('open_folio', { p_folio: folio, p_secret: newSecret() })
    const unknown = await client.rpc('open_folio', { p_folio: 'PR-1999-000000-0', p_secret: newSecret() })
    expect(stranger.status).toBe(404)
    expect(stranger.error).toEqual(unknown.error)
    expect(stranger.error).toMatchObject({ code: 'PT404', message: 'submission_unknown' })
  })

  test('a wrong recovery code is answered with 403', async () => {
    const body = JSON.stringify({ p_email: 'nadie@ejemplo.mx', p_code: '000000', p_seed: newSecret() })
    const answer = await call('/rest/v1/rpc/recover_links', { method: 'POST', body })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'PT403', message: 'code_invalid' })
  })

  test('a request for a recovery code is answered alike for every address', async () => {
    const { data, error } = await anonymous().rpc('request_link_code', { p_email: 'nadie@contrato.example' })
    expect(error).toBeNull()
    expect(data).toEqual({ sent: true })
  })
})
