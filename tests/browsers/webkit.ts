/**
 * WebKitGTK in two ways: driven by its WebDriver, in a session without stored data, and as a window on a
 * profile, which asks the test for orders (`desk.ts`).
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { asJson, callOf, firstOf, killGroup, start, valueOf } from './browser'
import type { Browser, Kind, Scripted } from './browser'
import { startDesk } from './desk'
import { screen, screenMissing } from './screen'

const LIBRARIES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/libexec']
const VERSIONS = ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0']
const WINDOWS = LIBRARIES.flatMap((folder) => VERSIONS.map((version) => `${folder}/${version}/MiniBrowser`))
const driver = firstOf(['/usr/bin/WebKitWebDriver'])
const window = firstOf(WINDOWS)
const missing =
  driver && window ? screenMissing : 'there is no WebKitGTK (Debian: apt-get install webkit2gtk-driver xvfb)'

/** Keeps its folders in the profile and needs no graphics card. */
const environment = async (profile: string) => ({
  DISPLAY: await screen(),
  XDG_DATA_HOME: join(profile, 'data'),
  XDG_CACHE_HOME: join(profile, 'cache'),
  XDG_CONFIG_HOME: join(profile, 'config'),
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
})

async function freePort(): Promise<number> {
  const server = http.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Sends a classic WebDriver command. Throws the driver's error. */
async function command<T>(method: string, address: string, body?: object): Promise<T> {
  const response = await fetch(address, { method, ...(body && { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: T }
  if (!response.ok) throw new Error(`${method} ${new URL(address).pathname}: ${JSON.stringify(value)}`)
  return value
}

async function untilReady(origin: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await command('GET', `${origin}/status`).catch(() => null)) return
    await wait(100)
  }
  throw new Error('WebKitWebDriver does not listen')
}

async function launchDriven(profile: string): Promise<Scripted> {
  const port = await freePort()
  const child = start(driver!, [`--port=${port}`], await environment(profile))
  child.stdout!.resume()
  child.stderr!.resume()
  const origin = `http://127.0.0.1:${port}`
  await untilReady(origin)
  const options = { binary: window!, args: ['--automation'] }
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } }
  const { sessionId } = await command<{ sessionId: string }>('POST', `${origin}/session`, { capabilities })
  const session = `${origin}/session/${sessionId}`
  const evaluate = async <T>(expression: string): Promise<T> => {
    const script = `${asJson(expression)}.then(arguments[arguments.length - 1])`
    const answer = await command<string>('POST', `${session}/execute/async`, { script, args: [] })
    return valueOf(JSON.parse(answer) as object)
  }
  return {
    evaluate,
    open: (url) => command('POST', `${session}/url`, { url }),
    call: (name, ...args) => evaluate(callOf(name, args)),
    kill9: () => killGroup(child),
  }
}

export const webkitDriven: Kind<Scripted> = {
  name: 'WebKitGTK by WebDriver',
  missing,
  keepsProfile: false,
  launch: launchDriven,
}

export interface Window extends Browser {
  /** Opens an address that asks for no orders: any page but `pages/smoke.ts`. */
  show(address: string): Promise<void>
  /** The lines of its console. */
  readonly said: string[]
}

async function launchWindow(profile: string): Promise<Window> {
  const env = await environment(profile)
  const desk = await startDesk()
  const said: string[] = []
  let child: ChildProcess | undefined
  const show = async (address: string) => {
    if (child) await killGroup(child)
    const tells = '--enable-write-console-messages-to-stdout=true' // in fact to stderr
    child = start(window!, [tells, address], env)
    child.stdout!.resume()
    child.stderr!.setEncoding('utf8').on('data', (text: string) => said.push(...text.trim().split('\n')))
  }
  return {
    said,
    show,
    async open(address) {
      await show(`${address}?ask=${desk.nextPage()}`)
      await desk.untilAsked()
    },
    call: desk.call,
    async kill9() {
      if (child) await killGroup(child)
      await desk.close()
    },
  }
}

export const webkitWindow: Kind<Window> = {
  name: 'WebKitGTK in a window of its own',
  missing,
  keepsProfile: true,
  launch: launchWindow,
}
