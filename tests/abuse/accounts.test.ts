/** Sign-in that is guessed at, tokens that are forged, and who works here asked by the way. */
import { createHmac, randomUUID } from 'node:crypto'
import { call, service, signedIn, staffLogin } from '../contract/clients'
import { PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { attack } from './attack'

const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
  const response = await call(path, { method: 'POST', body: JSON.stringify(body), headers })
  return `${response.status} ${await response.text()}`
}
const signIn = (email: string, password: string, from: string) =>
  post('/auth/v1/token?grant_type=password', { email, password }, { 'x-forwarded-for': from })

attack('passwords guessed', async (tries) => {
  const login = { email: `${randomUUID()}@abuso.example`, password: 'xK9#mQ2$vL7p grapa' }
  await service().auth.admin.createUser({ ...login, email_confirm: true })
  tries.try(
    'its owner signs in',
    (await signIn(login.email, login.password, '198.51.100.1')).startsWith('200'),
  )
  for (let n = 0; n < 40; n += 1) {
    const answer = await signIn(login.email, `adivina ${n}`, '203.0.113.9')
    tries.try(`guess ${n}: ${answer}`, answer.startsWith(n < 10 ? '400' : '429'))
  }
  const right = await signIn(login.email, login.password, '203.0.113.9')
  tries.try('the right one after forty wrong ones from there', right.startsWith('429'))
  for (let n = 0; n < 45; n += 1) await signIn(login.email, 'otra', `203.0.113.${20 + n}`)
  const own = await signIn(login.email, login.password, '198.51.100.1')
  tries.try('its owner still signs in from a known place', own.startsWith('200'))
})

attack('who has an account', async (tries) => {
  const [known, unknown] = [staffLogin().email, `${randomUUID()}@abuso.example`]
  const same = async (what: string, ask: (email: string) => Promise<string>) =>
    tries.try(what, (await ask(known)) === (await ask(unknown)))
  await same('by signing in', (email) => signIn(email, 'equivocada', '203.0.113.200'))
  await same('by a recovery', (email) => post('/auth/v1/recover', { email }))
  await same('by signing up', (email) =>
    post('/auth/v1/signup', { email, password: 'grapa turquesa lámpara' }),
  )
  await same('by a code for a link', (email) => post('/rest/v1/rpc/request_link_code', { p_email: email }))
  const code = { p_code: '000000', p_seed: 'A'.repeat(22) }
  await same('by a code', (email) => post('/rest/v1/rpc/recover_links', { p_email: email, ...code }))
})

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (header: object, claims: object, key: string) => {
  const text = `${encoded(header)}.${encoded(claims)}`
  return `${text}.${key && createHmac('sha256', key).update(text).digest('base64url')}`
}

attack('tokens forged', async (tries) => {
  const client = await signedIn()
  const real = (await client.auth.getSession()).data.session!.access_token
  const claims = JSON.parse(String(Buffer.from(real.split('.')[1]!, 'base64url'))) as object
  const forged = {
    'no algorithm': token({ alg: 'none', typ: 'JWT' }, claims, ''),
    'signed with the publishable key': token({ alg: 'HS256', typ: 'JWT' }, claims, PUBLISHABLE_KEY),
    'another role': token({ alg: 'HS256', typ: 'JWT' }, { ...claims, role: 'service_role' }, 'secret'),
    'its claims changed': real.replace(real.split('.')[1]!, encoded({ ...claims, aal: 'aal2' })),
    'its signature cut': real.slice(0, -4),
    empty: '..',
  }
  for (const [what, bearer] of Object.entries(forged))
    for (const path of ['/rest/v1/rpc/staff_me', '/rest/v1/rpc/take_mail', '/auth/v1/admin/users']) {
      const answer = await post(path, {}, { authorization: `Bearer ${bearer}` })
      tries.try(`${what} at ${path}: ${answer}`, /^40[134]/u.test(answer))
    }
  await client.auth.signOut()
  const after = await post('/rest/v1/rpc/staff_me', {}, { authorization: `Bearer ${real}` })
  tries.try(`a token after signing out: ${after}`, !after.startsWith('200'))
})
