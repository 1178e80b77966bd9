/**
 * Each file of unit tests has a world of its own, although one process runs them all: starting a process and loading
 * Vue, the document and the tools anew took more than the tests. Modules are evaluated anew for each file, and after it
 * come back: globals, the properties of the objects in `shared()`, the address, the document, what was stored, and the
 * listeners of window and document.
 *
 * A screen that a test leaves may still be loading a part of itself, which fails once the test's environment is gone, or
 * save what was typed in it, which the next test would find. So each is taken down after its test.
 */
import 'fake-indexeddb/auto' // before Dexie, which looks for a database once
import { afterAll, afterEach, vi } from 'vitest'

type Properties = [target: object, own: PropertyDescriptorMap]
interface World {
  readonly properties: Properties[]
  /** Globals of happy-dom are accessors, so what they hold is kept too. */
  readonly held: Map<string, unknown>
  readonly address: string
}

const hasDocument = 'document' in globalThis
const globals = globalThis as Record<string | symbol, unknown>
/** Vue's, Vitest's and other tools' own, which stay. */
const isOfTool = (key: string) => key.startsWith('__')
const WORLD = Symbol.for('convoca.world')

const shared = (): object[] => [
  URL,
  Blob.prototype,
  globalThis.navigator,
  ...(hasDocument
    ? [
        document,
        Element.prototype,
        HTMLElement.prototype,
        HTMLDialogElement.prototype,
        HTMLMediaElement.prototype,
      ]
    : []),
]
const objectsOfGlobals = () =>
  Object.keys(Object.getOwnPropertyDescriptors(globalThis))
    .filter((key) => !isOfTool(key))
    .map((key): [string, unknown] => [key, globals[key]])
    .filter(([, value]) => typeof value === 'function' || (typeof value === 'object' && value !== null))

function look(): World {
  return {
    properties: [globalThis, ...shared().filter(Boolean)].map((target) => [
      target,
      Object.getOwnPropertyDescriptors(target) as PropertyDescriptorMap,
    ]),
    held: new Map(objectsOfGlobals()),
    address: hasDocument ? location.href : '',
  }
}

function restoreProperties([target, own]: Properties): void {
  const now = Object.getOwnPropertyDescriptors(target) as PropertyDescriptorMap
  for (const [key, is] of Object.entries(now)) {
    const was = own[key]
    if (isOfTool(key) || !is.configurable) continue
    if (!was) Reflect.deleteProperty(target, key)
    else if (was.value !== is.value || was.get !== is.get) Object.defineProperty(target, key, was)
  }
  for (const [key, was] of Object.entries(own)) if (!(key in now)) Object.defineProperty(target, key, was)
}

async function restore({ properties, held, address }: World): Promise<void> {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  properties.forEach(restoreProperties)
  for (const [key, value] of held) if (globals[key] !== value) globals[key] = value
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name!)
  if (!hasDocument) return
  ;(globals['happyDOM'] as { setURL(address: string): void }).setURL(address)
  localStorage.clear()
  sessionStorage.clear()
  document.head.replaceChildren()
  document.body.replaceChildren()
  const root = document.documentElement
  for (const name of root.getAttributeNames()) root.removeAttribute(name)
}

/** Removes after the file what listens to window and document. */
function forgetListeners(): void {
  for (const target of [globalThis, document] as EventTarget[]) {
    const [add, remove] = [target.addEventListener.bind(target), target.removeEventListener.bind(target)]
    const listening: Parameters<typeof add>[] = []
    target.addEventListener = (...one: Parameters<typeof add>) => {
      listening.push(one)
      add(...one)
    }
    afterAll(() => {
      for (const [type, listener, options] of listening) remove(type, listener, options)
    })
  }
}

const world = (globals[WORLD] ??= look()) as World
vi.resetModules()
afterAll(() => restore(world))
if (hasDocument) {
  const { disableAutoUnmount, enableAutoUnmount } = await import('@vue/test-utils')
  disableAutoUnmount() // of the file before
  enableAutoUnmount(afterEach)
  forgetListeners()
}
afterAll(() => vi.dynamicImportSettled())
