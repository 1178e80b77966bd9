// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'

interface Rules {
  createScriptURL: (address: string) => string
}

const made: string[] = []
vi.mock('workbox-window', () => ({
  Workbox: class extends EventTarget {
    constructor(address: string) {
      super()
      made.push(address)
    }
  },
}))

test('Trusted Types admit the address of the app’s worker and no other', async () => {
  const createPolicy = vi.fn<(name: string, rules: Rules) => Rules>((_, rules) => rules)
  vi.stubGlobal('trustedTypes', { createPolicy })
  const { watchWorker } = await import('./worker')
  watchWorker(
    () => undefined,
    () => undefined,
  )
  expect([createPolicy.mock.calls.map(([name]) => name), made]).toEqual([['convoca'], ['/sw.js']])
  for (const address of [
    '/sw.js?a',
    '//ajeno.example/sw.js',
    'https://ajeno.example/sw.js',
    'data:,0',
    '/a.js',
    '',
  ])
    expect(() => createPolicy.mock.calls[0]![1].createScriptURL(address)).toThrow(TypeError)
  vi.unstubAllGlobals()
})
