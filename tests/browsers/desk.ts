/** A server that gives orders, one at a time, to a page without a driver (`pages/obey.ts`). */
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { valueOf, type Call } from './browser'

interface Order {
  name: string
  args: unknown[]
  answer: (answer: object) => void
}

interface Desk {
  /** The address for `?ask=` of the next page. Requests of the previous page are ignored. */
  nextPage(): string
  /** Resolves when the page asks. */
  untilAsked(): Promise<void>
  /** Calls a function of the page. */
  call: Call
  close(): Promise<void>
}

/** Starts on a free loopback port. */
export async function startDesk(): Promise<Desk> {
  let asking: http.ServerResponse | undefined
  let given: Order | undefined
  let onAsked = () => {}
  let page = 0
  const take = async (request: http.IncomingMessage) =>
    given?.answer(JSON.parse((await request.setEncoding('utf8').toArray()).join('')) as object)
  const server = http.createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    if (request.url !== `/${page}`) {
      response.destroy()
    } else if (request.method === 'POST') {
      void take(request).finally(() => response.end())
    } else {
      asking = response
      onAsked()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const untilAsked = () => (asking ? Promise.resolve() : new Promise<void>((asked) => (onAsked = asked)))
  const call = async (name: string, ...args: unknown[]) => {
    await untilAsked()
    return valueOf(
      await new Promise<object>((answer) => {
        given = { name, args, answer }
        asking!.end(JSON.stringify({ name, args }))
        asking = undefined
      }),
    )
  }
  return {
    nextPage() {
      page += 1
      asking = undefined
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${page}`
    },
    untilAsked,
    call: call as Call,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
