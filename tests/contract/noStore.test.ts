/** No answer that may hold personal data or a secret stays in a cache; public reads by GET may. */
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SUPABASE_FOLDER } from '../../supabase/local/database'
import { readMigrations } from '../../supabase/local/migrate'
import { call, signedIn } from './clients'

const caching = async (path: string, init: Parameters<typeof call>[1] = {}) => {
  const response = await call(path, init)
  await response.arrayBuffer()
  return response.headers.get('cache-control')
}
const post = (path: string) => caching(path, { method: 'POST', body: '{}' })

const EDGE = readdirSync(`${SUPABASE_FOLDER}/functions`).filter((name) => !name.startsWith('_'))

test.each(EDGE)('the function %s lets nobody keep an answer', async (name) => {
  expect(await post(`/functions/v1/${name}`)).toBe('no-store')
  expect(await caching(`/functions/v1/${name}`, { method: 'PUT', body: '{}' })).toBe('no-store')
})

/** PostgREST says nothing of caches. A POST is kept by none, and the app calls whatever is private by POST. */
test.skipIf(process.env['SUPABASE_URL'])(
  'nobody keeps an answer of the database or of sign-in, apart from the public reads by GET without a token',
  async () => {
    const sql = readMigrations(`${SUPABASE_FOLDER}/migrations`)
    const names = sql.flatMap((one) =>
      [...one.sql.matchAll(/create function public\.(\w+)/gu)].map(([, name]) => name!),
    )
    expect(names.length).toBeGreaterThan(60)
    for (const name of names) expect([name, await post(`/rest/v1/rpc/${name}`)]).toEqual([name, 'no-store'])
    const { data } = await (await signedIn()).auth.getSession()
    const headers = { authorization: `Bearer ${data.session!.access_token}` }
    const kept: string[] = []
    for (const name of names) {
      if ((await caching(`/rest/v1/rpc/${name}`)) !== 'no-store') kept.push(name)
      expect([name, await caching(`/rest/v1/rpc/${name}`, { headers })]).toEqual([name, 'no-store'])
    }
    expect(kept.sort()).toEqual(
      ['bootstrap', 'institution_logo', 'list_bodies', 'published_propuestas', 'published_videos'].sort(),
    )
    for (const path of ['token?grant_type=password', 'recover', 'verify', 'signup', 'logout', 'admin/users'])
      expect([path, await post(`/auth/v1/${path}`)]).toEqual([path, 'no-store'])
    expect(await caching('/auth/v1/user', { headers })).toBe('no-store')
  },
)
