/** Runs the function unsubscribe. This process answers its calls, without the network. */
import { createHandler } from '../functions/unsubscribe/handler'

type Serve = (request: Request) => Promise<Response>

/** `address`: where this backend serves the app. */
export const createUnsubscribing = (rest: Serve, secretKey: string, address: () => string | null): Serve =>
  createHandler({
    app: address,
    stop: async (token) => {
      const call = new Request('http://localhost/rest/v1/rpc/choose_mail', {
        method: 'POST',
        headers: { apikey: secretKey, 'content-type': 'application/json' },
        body: JSON.stringify({ p_token: token, p_choice: 'stop' }),
      })
      return (await rest(call)).ok
    },
  })
