/** Requests that name another site as their own: nothing that leaves here leads there. */
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import { DEMO_LOGINS } from '../../supabase/local/keys'
import { bareMp4 } from '../media/bareMp4'
import { service, signedIn, target } from '../contract/clients'
import * as vx from '../contract/videos'
import { attack } from './attack'
import { lettersTo } from './letters'

const EVIL = 'ajeno.example'
const HOSTILE = {
  host: EVIL,
  origin: `https://${EVIL}`,
  referer: `https://${EVIL}/`,
  'x-forwarded-host': EVIL,
  'x-forwarded-proto': 'https',
  forwarded: `host=${EVIL};proto=https`,
}

interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  body: string
}

/** A request with headers that `fetch` does not send. */
const ask = (
  path: string,
  method: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  new Promise((done, failed) => {
    const all = {
      apikey: target().publishableKey,
      'content-type': 'application/json',
      ...HOSTILE,
      ...headers,
    }
    const request = http.request(`${target().url}${path}`, { method, headers: all }, (answer) => {
      let text = ''
      answer.on('data', (part: Buffer) => (text += String(part)))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }))
    })
    request.on('error', failed)
    request.end(body && JSON.stringify(body))
  })

const isOurs = ({ headers, body }: Answer) => !`${JSON.stringify(headers)}${body}`.includes(EVIL)

attack('links and redirects to another site', async (tries) => {
  const client = await signedIn(DEMO_LOGINS['invita al equipo'])
  const authorization = `Bearer ${(await client.auth.getSession()).data.session!.access_token}`
  const invited = `${randomUUID()}@abuso.example`
  const invitation = { p_email: invited, p_name: 'Ana', p_role: 'auditor' }
  tries.try(
    'the invitation',
    isOurs(await ask('/rest/v1/rpc/invite_staff', 'POST', invitation, { authorization })),
  )
  const lost = `${randomUUID()}@abuso.example`
  await service().auth.admin.createUser({
    email: lost,
    password: 'grapa turquesa lámpara',
    email_confirm: true,
  })
  tries.try('the recovery', isOurs(await ask('/auth/v1/recover', 'POST', { email: lost })))
  for (const email of [invited, lost]) {
    const letters = await lettersTo(email)
    tries.try(`the letter to ${email}`, letters.length === 1 && !letters[0]!.body.includes(EVIL))
    tries.try(`the link to ${email}`, letters[0]?.body.includes(`${target().url}/equipo/`) === true)
  }
  tries.try('one-tap unsubscribing', isOurs(await ask('/functions/v1/unsubscribe?token=a', 'GET')))
  const { media, bytes } = await vx.announce(bareMp4(5_000))
  const metadata = `bucketName ${btoa('videos-intake')},objectName ${btoa(media)},contentType ${btoa(vx.VIDEO)},cacheControl ${btoa('3600')}`
  const upload = {
    'tus-resumable': '1.0.0',
    'upload-length': String(bytes.length),
    'upload-metadata': metadata,
  }
  const created = await ask('/storage/v1/upload/resumable', 'POST', undefined, upload)
  tries.try(`an upload's address: ${created.headers.location}`, created.status === 201 && isOurs(created))
  const login = DEMO_LOGINS['revisa envíos']
  const session = await ask('/auth/v1/token?grant_type=password', 'POST', login)
  const { access_token = '..' } = JSON.parse(session.body) as { access_token?: string }
  const claims = String(Buffer.from(access_token.split('.')[1]!, 'base64url'))
  tries.try('a token', session.status === 200 && !claims.includes(EVIL))
  tries.try('the inbox', (await ask('/__inbox.json', 'GET')).status === 404)
})
