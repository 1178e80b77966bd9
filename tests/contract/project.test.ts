/** The keys that a function of `supabase/functions` takes from the variables of its project. */
import { expect, test } from 'vitest'
import { keyHeaders, projectOf } from '../../supabase/functions/_shared/project'

const projectWith = (variables: Record<string, string>) => projectOf((name) => variables[name])
const LEGACY = {
  SUPABASE_URL: 'https://a.example',
  SUPABASE_SERVICE_ROLE_KEY: 'eyJservice',
  SUPABASE_ANON_KEY: 'eyJanon',
}
const NEW = {
  SUPABASE_SECRET_KEYS: '{"other":"sb_secret_o","default":"sb_secret_d"}',
  SUPABASE_PUBLISHABLE_KEYS: '{"web":"sb_publishable_w"}',
}

test('a project with new keys uses them, and one without uses its legacy keys', () => {
  expect(projectWith({ ...LEGACY, ...NEW })).toEqual({
    url: 'https://a.example',
    secretKey: 'sb_secret_d',
    publishableKey: 'sb_publishable_w',
  })
  expect(projectWith(LEGACY)).toMatchObject({ secretKey: 'eyJservice', publishableKey: 'eyJanon' })
})

test('a missing key is named, also when the dictionary of new keys is empty', () => {
  expect(() => projectWith({ SUPABASE_URL: 'https://a.example', SUPABASE_SECRET_KEYS: '{}' })).toThrow(
    'SUPABASE_SERVICE_ROLE_KEY is not set',
  )
})

test('a new key travels in apikey only, and a legacy key is a bearer token too', () => {
  expect(keyHeaders('sb_secret_d')).toEqual({ apikey: 'sb_secret_d' })
  expect(keyHeaders('eyJservice')).toEqual({ apikey: 'eyJservice', authorization: 'Bearer eyJservice' })
})
