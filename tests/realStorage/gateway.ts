/** What Supabase's gateway does in front of the storage API: it turns an API key into a token, and forwards. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { headOf, json, sendResponse, withCors } from '../../supabase/local/http'
import { createTokens, type Tokens } from '../../supabase/local/tokens'
import type { SecretKeys } from '../../supabase/local/keys'

const PREFIX = '/storage/v1'

/** Answers with what the storage API at `port` of this machine answers, or with 401 for a wrong key. */
export function createGateway(keys: SecretKeys, port: number) {
  const tokens = createTokens(keys)
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const authorization = await authorizationFor(tokens, headOf(incoming))
    if (authorization instanceof Response) return await sendResponse(withCors(authorization), outgoing)
    await forward(port, incoming, outgoing, authorization)
  }
}

/** The header for the storage API: the caller's own token, or one for the role of the key. */
async function authorizationFor(tokens: Tokens, { url, headers }: Request): Promise<string | Response> {
  const key = headers.get('apikey')
  const bearer = headers.get('authorization') ?? ''
  if (!key) return bearer
  const caller = await tokens.identify(new Request(url, { headers: { apikey: key } }))
  if (caller instanceof Response) return caller
  const isToken = bearer !== '' && bearer !== `Bearer ${key}`
  const { role } = caller
  const exp = Math.floor(Date.now() / 1000) + 60
  return isToken ? bearer : `Bearer ${await tokens.sign({ role, exp })}`
}

function forward(
  port: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  authorization: string,
): Promise<void> {
  const { host = '' } = incoming.headers
  const headers = {
    ...incoming.headers,
    ...(authorization ? { authorization } : {}),
    'x-forwarded-host': host,
    'x-forwarded-proto': 'http',
    'x-forwarded-prefix': PREFIX,
  }
  const { method } = incoming
  const path = incoming.url!.slice(PREFIX.length)
  return new Promise((done) => {
    const to = { host: '127.0.0.1', port, agent: false } // the API closes the connection of a refused upload
    const upstream = http.request({ ...to, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...corsOf(answer) })
      answer.pipe(outgoing)
    })
    outgoing.once('close', () => {
      upstream.destroy()
      done()
    })
    upstream.once('error', () => {
      if (outgoing.headersSent) outgoing.destroy()
      else void sendResponse(withCors(json(502, { message: 'Bad gateway' })), outgoing)
    })
    incoming.pipe(upstream)
  })
}

/** The headers of CORS that the answer lacks. */
const corsOf = (answer: IncomingMessage) =>
  Object.fromEntries([...withCors(new Response()).headers].filter(([name]) => !(name in answer.headers)))
