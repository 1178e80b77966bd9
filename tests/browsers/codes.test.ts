/** Our decoder of codes in browsers other than Chromium, where they are installed: the app's own worker, under its policy. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LOOK_COUNT, type Picture } from '@/media/codes/ways'
import { buildApp } from '../e2e/backend'
import { badPicture, FAULTS } from '../support/codes/pictures'
import { readWell } from '../support/codes/inNode'
import { passOf } from '../support/codes/texts'
import type { Kind, Scripted } from './browser'
import { firefox } from './firefox'
import { reportLimits, useBrowsers } from './running'
import { useStage } from './stage'
import { webkitDriven } from './webkit'

const SEED = 20261129
const PICTURES = 12

const stage = useStage()
const { launch } = useBrowsers(stage)
const KINDS: Kind<Scripted>[] = [firefox, webkitDriven]
reportLimits(KINDS)

/** Makes `globalThis.readCode`, which asks the worker as the camera does, one way of looking after another. */
const opening = (address: string): string => `(async () => {
  const policy = globalThis.trustedTypes?.createPolicy('convoca-codes', { createScriptURL: (url) => url })
  const worker = new Worker(policy ? policy.createScriptURL('${address}') : '${address}', { type: 'module' })
  const ask = (picture, way) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => ('failed' in data ? reject(new Error('it failed')) : resolve(data.text))
    worker.onerror = () => reject(new Error('it did not load'))
    worker.postMessage({ picture, way })
  })
  globalThis.readCode = async (light, width, height) => {
    const grey = Uint8Array.from(atob(light), (character) => character.charCodeAt(0))
    const data = Uint8ClampedArray.from({ length: grey.length * 4 }, (_, at) => (at % 4 === 3 ? 255 : grey[at >> 2]))
    for (let way = 0; way < ${LOOK_COUNT}; way++) {
      const text = await ask({ data, width, height }, way)
      if (text !== null) return text
    }
    return null
  }
})()`

async function readIn(browser: Scripted, { data, width, height }: Picture): Promise<string | null> {
  const light = Buffer.from(data.filter((_, at) => at % 4 === 0))
  return await browser.evaluate(`readCode('${light.toString('base64')}', ${width}, ${height})`)
}

for (const kind of KINDS)
  test.skipIf(kind.missing !== null)(
    `${kind.name} reads with our decoder the passes that Node reads in bad pictures`,
    async () => {
      const assets = readdirSync(join(await buildApp(), 'assets'))
      const worker = assets.find((file) => /^codes-worker-.*\.js$/u.test(file))!
      const browser = await launch(kind)
      await browser.open(stage.network.origin)
      await browser.evaluate(opening(`/assets/${worker}`))
      let read = 0
      for (let at = 0; at < PICTURES; at++) {
        const text = passOf(SEED + at)
        const picture = badPicture(text, FAULTS[at % FAULTS.length]!, SEED + at)
        const found = await readIn(browser, picture)
        expect(found, `picture ${at}`).toBe(await readWell(picture))
        if (found === text) read += 1
      }
      expect(read).toBeGreaterThanOrEqual(PICTURES - 1)
    },
  )
