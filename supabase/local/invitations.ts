/** Runs the function accept-invitation. This process answers its calls, without the network. */
import type { Answer } from '../functions/_shared/answers'
import { createHandler } from '../functions/accept-invitation/handler'

type Serve = (request: Request) => Promise<Response>

export function createInvitations(rest: Serve, auth: Serve, secretKey: string): Serve {
  return createHandler({
    rpc: (name, args) => post(rest, secretKey, `/rest/v1/rpc/${name}`, args),
    createUser: (user) => post(auth, secretKey, '/auth/v1/admin/users', user),
  })
}

async function post(serve: Serve, secretKey: string, path: string, body: object): Promise<Answer> {
  const response = await serve(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { apikey: secretKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )
  return { status: response.status, body: await response.json() }
}
