/** The worker for videos in browsers other than Chromium, where they are installed: what it cannot do there, the app does not offer. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Task } from '@/media/film/asks'
import { canShrink, type Seen, waysFor } from '@/media/film/plan'
import { buildApp } from '../e2e/backend'
import type { Kind, Scripted } from './browser'
import { firefox } from './firefox'
import { reportLimits, useBrowsers } from './running'
import { useStage } from './stage'
import { webkitDriven } from './webkit'

const CLIP = readFileSync(join(import.meta.dirname, '../media/clips/filmed.mp4'))
const FOUND = {
  mime: 'video/mp4',
  bytes: 200_000_000,
  durationMs: 16_000,
  width: 1080,
  height: 1920,
  hasSound: true,
} as const
const LIMITS = { min_s: 15, max_s: 180, max_bytes: 300_000_000 }
const PART = { startS: 0, endS: 16 }

const stage = useStage()
const { launch } = useBrowsers(stage)
const KINDS: Kind<Scripted>[] = [firefox, webkitDriven]
reportLimits(KINDS)

/** Makes `globalThis.askFilm`, which gives a task on this clip to a worker of its own, as the app does. */
const opening = (address: string): string => `(async () => {
  const policy = globalThis.trustedTypes?.createPolicy('convoca-film', { createScriptURL: (url) => url })
  const url = policy ? policy.createScriptURL('${address}') : '${address}'
  const bytes = Uint8Array.from(atob('${CLIP.toString('base64')}'), (character) => character.charCodeAt(0))
  const file = new Blob([bytes], { type: 'video/mp4' })
  globalThis.askFilm = (task) => new Promise((resolve, reject) => {
    const worker = new Worker(url, { type: 'module' })
    worker.onerror = () => reject(new Error('it did not load'))
    worker.onmessage = async ({ data }) => {
      if ('news' in data) return
      worker.terminate()
      const { seen, made } = data.result ?? {}
      resolve({ failed: data.failed, seen, bytes: made && [...new Uint8Array(await made.arrayBuffer())] })
    }
    worker.postMessage({ ...task, file })
  })
})()`

interface Answered {
  failed?: string
  seen?: Seen
  bytes?: number[]
}
const ask = (browser: Scripted, task: Partial<Task>) =>
  browser.evaluate<Answered>(`askFilm(${JSON.stringify(task)})`)
const textOf = ({ bytes }: Answered) => Buffer.from(bytes ?? []).toString('latin1')

for (const kind of KINDS)
  test.skipIf(kind.missing !== null)(
    `${kind.name} cuts a video by its packets, and is offered a lighter one only where it makes one`,
    async () => {
      const assets = readdirSync(join(await buildApp(), 'assets'))
      const worker = assets.find((file) => /^video-worker-.*\.js$/u.test(file))!
      const browser = await launch(kind)
      await browser.open(stage.network.origin)
      await browser.evaluate(opening(`/assets/${worker}`))
      const { seen } = await ask(browser, { do: 'look' })
      expect(seen).toMatchObject({ sound: 'aac' })
      console.info(`${kind.name} sees ${JSON.stringify(seen)}`)
      const cut = await ask(browser, { do: 'make', maxBytes: CLIP.length, part: { startS: 0, endS: 9 } })
      expect(cut.failed).toBeUndefined()
      expect(cut.bytes!.length).toBeLessThan(CLIP.length * 0.8)
      const recipe = { videoBps: 300_000, soundBps: 64_000 }
      const lighter = await ask(browser, { do: 'make', maxBytes: 45_000_000, recipe })
      const ways = waysFor(PART, { ...FOUND, codec: 'avc' }, seen!, LIMITS)
      expect(ways).toEqual(canShrink(seen!) ? ['shrink', 'asIs'] : ['asIs'])
      if (canShrink(seen!)) expect(textOf(lighter)).toMatch(/avc1[^]*mp4a/u)
      else if (!seen!.encodesPicture) expect(lighter.failed).toBeDefined()
    },
  )
