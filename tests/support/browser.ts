/**
 * A phone: Chromium at 360×740. One with a profile on disk outlives its process, so that a test can close it, kill it and
 * open it again; profiles are kept in the system's temporary folder until `removeProfiles()`. One without is a part of a
 * browser that many share, and everything it kept ends with it.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { ensureChromium, ensureHeadlessShell } from '../../scripts/chromium'
import type { NetworkProxy } from './proxy'

export interface PhoneOptions {
  colorScheme?: 'light' | 'dark'
  width?: number
  height?: number
  /** The phone's time zone; central Mexico by default. */
  timezone?: string
  /** Opens the phone without network: it is cut before the first page loads. */
  offline?: boolean
  /**
   * Gives the phone a camera and a granted permission; otherwise it has none. It shows a test picture, or the video of
   * this path (Y4M), which it reads when a page opens the camera and repeats.
   */
  camera?: boolean | string
  /** Opens the browser that can show notifications, which costs more. */
  notifications?: boolean
  /** The person's setting in the browser, in px; 16 by default. */
  fontSize?: number
}

export interface Phone {
  readonly context: BrowserContext
  readonly page: Page
  /** Empty for a phone without one. */
  readonly profile: string
  /** Uncaught errors, policy violations and failed assertions of every page, as text. */
  readonly errors: string[]
  /** Goes to a path of the app. */
  open(path?: string): Promise<void>
  /** Cuts or restores the network, for pages and service worker alike. */
  offline(on: boolean): Promise<void>
  close(): Promise<void>
  /** Simulates a power failure: SIGKILL to the browser and all its processes. Needs a profile. */
  kill9(): Promise<void>
}

/** How long a screen may take to show something before a test fails. Machines are slow and shared. */
const PATIENCE_MS = 60_000

const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--js-flags=--no-opt --no-maglev', // pages of a test are too short for code that is compiled again to be faster
]
/** Messages that Chromium logs when a request fails, which are not errors of the page. */
const NETWORK_NOISE =
  /Failed to load (resource|module script)|net::ERR_|service worker.*(update|script)|preload/iu

const profiles = new Set<string>()
const open = new Set<Phone>()

/** Creates a profile. */
export function newProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'convoca-phone-'))
  profiles.add(profile)
  return profile
}

/** Closes the phones that a test left open and removes every profile. */
export async function removeProfiles(): Promise<void> {
  for (const phone of open) await phone.close().catch(() => undefined)
  for (const profile of profiles)
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  profiles.clear()
}

/** Everything that is at least as tall as the screen, so that the page grows with it. */
const TALL = '#app, .main, .page'

const LOOKS = 4

/** Makes the screen as tall as the page. What arrives meanwhile makes the page taller, so it looks again. */
async function growToPage(page: Page, width: number, least: number): Promise<void> {
  let height = least
  for (let look = 1; look <= LOOKS; look += 1) {
    await page.setViewportSize({ width, height })
    await page.evaluate(() => new Promise(requestAnimationFrame))
    const tall = await page.evaluate(() => document.documentElement.scrollHeight)
    if (tall <= height) return
    height = tall
  }
}

/** Runs the work while the screen is as tall as the page, so that no bar covers a part of it. */
export async function whileWhole(page: Page, work: () => Promise<void>): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 360, height: 740 }
  const setLeast = (least: string) =>
    page.evaluate(
      ([tall, value]) =>
        document.querySelectorAll<HTMLElement>(tall!).forEach((one) => (one.style.minHeight = value!)),
      [TALL, least],
    )
  await setLeast('0')
  await growToPage(page, width, height)
  await work()
  await setLeast('')
  await page.setViewportSize({ width, height })
}

/** Prints the text and errors of every open phone, to explain a failed test. */
export async function printScreens(): Promise<void> {
  for (const { context, errors } of open) {
    for (const page of context.pages()) {
      const words = await page.locator('body').innerText({ timeout: 1000 }).catch(String)
      console.warn(`${page.url()}\n${words.replace(/\n+/gu, '\n').slice(0, 1200)}`)
    }
    for (const error of errors) console.warn(`error on the phone: ${error}`)
  }
}

/** The processes of the browser on this profile, which have its folder's name in their arguments. */
function processesOf(profile: string): number[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  return lines.filter((line) => line.includes(profile)).map((line) => Number.parseInt(line, 10))
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // the process has already ended
  }
}

function watchErrors(context: BrowserContext, errors: string[]): void {
  context.on('weberror', (webError) => errors.push(String(webError.error().stack ?? webError.error())))
  context.on('console', (message) => {
    if (message.type() === 'error' && !NETWORK_NOISE.test(message.text())) errors.push(message.text())
  })
}

const cameraFlags = (camera: boolean | string): string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  ...(typeof camera === 'string' ? [`--use-file-for-fake-video-capture=${camera}`] : []),
]

/** A finger and no mouse, as Playwright sets with this very flag, of which the last one counts. */
const POINTERS = 'primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4'

const processOf = (options: PhoneOptions) => ({
  executablePath: options.notifications ? ensureChromium() : ensureHeadlessShell(),
  args: [
    ...FLAGS,
    ...(options.camera ? cameraFlags(options.camera) : []),
    ...(options.fontSize ? [`--blink-settings=${POINTERS},defaultFontSize=${options.fontSize}`] : []),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
})

const screenOf = (options: PhoneOptions) => ({
  viewport: { width: options.width ?? 360, height: options.height ?? 740 },
  deviceScaleFactor: 1,
  hasTouch: true,
  locale: 'es-MX',
  timezoneId: options.timezone ?? 'America/Mexico_City',
  reducedMotion: 'reduce' as const,
  colorScheme: options.colorScheme ?? ('light' as const),
  permissions: ['clipboard-read', 'clipboard-write'],
  offline: options.offline ?? false,
})

type Network = Pick<NetworkProxy, 'origin' | 'down'>

async function phoneOf(network: Network, context: BrowserContext, profile: string): Promise<Phone> {
  const errors: string[] = []
  context.setDefaultTimeout(PATIENCE_MS)
  watchErrors(context, errors)
  const page = context.pages()[0] ?? (await context.newPage())
  const phone: Phone = {
    context,
    page,
    profile,
    errors,
    open: async (path = '/') => void (await page.goto(network.origin + path)),
    async offline(on) {
      network.down(on)
      await context.setOffline(on)
    },
    async close() {
      open.delete(phone)
      await context.close()
    },
    async kill9() {
      if (!profile) throw new Error('only a phone with a profile has processes of its own')
      open.delete(phone)
      const closed = new Promise((resolve) => context.once('close', resolve))
      processesOf(profile).forEach(kill)
      await closed
    },
  }
  open.add(phone)
  return phone
}

/** Opens the browser on a profile (a new one by default), behind the given network. */
export async function openPhone(
  network: Network,
  profile = newProfile(),
  options: PhoneOptions = {},
): Promise<Phone> {
  if (!profile) throw new Error('a phone that is to be opened again begins with newProfile()')
  if (options.offline) network.down(true)
  const context = await chromium.launchPersistentContext(profile, {
    ...processOf(options),
    ...screenOf(options),
  })
  return await phoneOf(network, context, profile)
}

/** The browsers that phones without a profile share, by their flags. They end with this process. */
const shared = new Map<string, Promise<Browser>>()

async function shareBrowser(options: PhoneOptions): Promise<Browser> {
  const launched = processOf(options)
  const key = [launched.executablePath, ...launched.args].join(' ')
  const running = await shared.get(key)
  if (running?.isConnected()) return running
  const started = chromium.launch(launched)
  shared.set(key, started)
  return await started
}

/** Opens a phone without a profile, which is cheaper: no process starts but its pages'. */
export async function borrowPhone(network: Network, options: PhoneOptions = {}): Promise<Phone> {
  if (options.offline) network.down(true)
  const browser = await shareBrowser(options)
  return await phoneOf(network, await browser.newContext(screenOf(options)), '')
}
