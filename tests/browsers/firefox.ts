/** Firefox as installed by its users, driven by WebDriver BiDi over its own socket. */
import type { ChildProcess } from 'node:child_process'
import { callOf, asJson, firstOf, killGroup, start, valueOf, type Kind, type Scripted } from './browser'

const PLACES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
]
const START_MS = 60_000

export interface Firefox extends Scripted {
  /** Errors that pages logged or did not catch. */
  readonly errors: string[]
}

interface Message {
  id?: number
  type: 'success' | 'error' | 'event'
  method?: string
  params?: { level?: string; text?: string }
  result?: unknown
  message?: string
}

interface Bidi {
  send<T>(method: string, params: object): Promise<T>
}

/** Opens one socket with one session. `onEvent` receives the subscribed events. */
async function connect(address: string, onEvent: (message: Message) => void): Promise<Bidi> {
  const socket = new WebSocket(address)
  const waiting = new Map<number, (message: Message) => void>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message
    if (message.id === undefined) onEvent(message)
    else waiting.get(message.id)?.(message)
  })
  socket.addEventListener('close', () => {
    const lost: Message = { type: 'error', message: 'the browser has gone' }
    for (const answer of waiting.values()) answer(lost)
  })
  await new Promise((done, failed) => {
    socket.addEventListener('open', done)
    socket.addEventListener('error', () => failed(new Error(`no BiDi at ${address}`)))
  })
  return {
    async send<T>(method: string, params: object) {
      const id = (last += 1)
      const message = await new Promise<Message>((resolve) => {
        waiting.set(id, resolve)
        socket.send(JSON.stringify({ id, method, params }))
      })
      waiting.delete(id)
      if (message.type === 'error') throw new Error(`${method}: ${message.message}`)
      return message.result as T
    },
  }
}

/** The address that the browser announces. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`Firefox does not listen: ${said}`)), START_MS)
    child.stdout!.resume()
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const address = /BiDi listening on (ws:\/\/\S+)/u.exec(said)?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(`${address}/session`)
    })
  })

type Evaluated =
  { type: 'success'; result: { value: string } } | { type: 'exception'; exceptionDetails: { text: string } }

async function launch(program: string, profile: string): Promise<Firefox> {
  const args = ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile]
  const child = start(program, args)
  const errors: string[] = []
  const { send } = await connect(await addressOf(child), ({ params }) => {
    if (params?.level === 'error') errors.push(params.text ?? '')
  })
  await send('session.new', { capabilities: {} })
  await send('session.subscribe', { events: ['log.entryAdded'] })
  const { contexts } = await send<{ contexts: { context: string }[] }>('browsingContext.getTree', {})
  const { context } = contexts[0]!
  const evaluate = async <T>(expression: string): Promise<T> => {
    const how = { target: { context }, awaitPromise: true }
    const answer = await send<Evaluated>('script.evaluate', { expression: asJson(expression), ...how })
    if (answer.type === 'exception') throw new Error(`in the page: ${answer.exceptionDetails.text}`)
    return valueOf(JSON.parse(answer.result.value) as object)
  }
  return {
    errors,
    evaluate,
    open: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    call: (name, ...args) => evaluate(callOf(name, args)),
    kill9: () => killGroup(child),
  }
}

const program = firstOf(PLACES)

export const firefox: Kind<Firefox> = {
  name: 'Firefox by BiDi',
  missing: program ? null : 'there is no Firefox (Debian: apt-get install firefox-esr)',
  keepsProfile: true,
  launch: (profile) => launch(program!, profile),
}
