/** Runs the function accept-invitation. This process answers its calls, without the network. */
import type { Answer } from '../functions/_shared/answers'
import { createHandler } from '../functions/accept-invitation/handler'
import { SECRET_KEY } from './keys'

type Serve = (request: Request) => Promise<Response>

export function createInvitations(rest: Serve, auth: Serve): Serve {
  return createHandler({
    rpc: (name, args) => post(rest, `/rest/v1/rpc/${name}`, args),
    createUser: (user) => post(auth, '/auth/v1/admin/users', user),
  })
}

async function post(serve: Serve, path: string, body: object): Promise<Answer> {
  const response = await serve(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { apikey: SECRET_KEY, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )
  return { status: response.status, body: await response.json() }
}
