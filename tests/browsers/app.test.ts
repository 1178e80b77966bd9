/** The app itself in the browsers that are not Chromium, where installed. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readOpenCampaign } from '../e2e/api'
import type { Scripted } from './browser'
import { firefox } from './firefox'
import { tellLimits, useBrowsers } from './running'
import { PATIENCE, useStage } from './stage'
import { webkitDriven, webkitWindow } from './webkit'

/** What WebKitGTK says of two words for others, which it rightly ignores. */
const UNKNOWN = /directive 'manifest-src'|key "interactive-widget"/u
/** Proves that a complaint is heard. */
const LOUD = `<!doctype html><script>console.error('this is heard')</script>`

const stage = useStage()
const { launch } = useBrowsers(stage)
tellLimits([firefox, webkitDriven, webkitWindow])

/** Opens a campaign's page in a browser that has never been here, and waits for its heading. */
async function openCampaign(browser: Scripted): Promise<void> {
  const { slug, title } = await readOpenCampaign(stage.database)
  await browser.open(`${stage.network.origin}/c/${slug}`)
  const heading = () => browser.evaluate(`document.querySelector('h1')?.textContent.trim()`)
  await expect.poll(heading, PATIENCE).toBe(title)
}

/** Until the app's worker has fetched everything for a visit without network. */
async function untilKept(browser: Scripted): Promise<void> {
  const state = () => browser.evaluate(`navigator.serviceWorker.controller?.state`)
  await expect.poll(state, PATIENCE).toBe('activated')
}

test.skipIf(firefox.missing !== null)(
  `${firefox.name}: the app opens, and complains of nothing`,
  async () => {
    const browser = await launch(firefox)
    await openCampaign(browser)
    await untilKept(browser)
    await browser.evaluate(`console.error('this is heard')`)
    await expect.poll(() => browser.errors, PATIENCE).toEqual(['this is heard'])
  },
)

test.skipIf(webkitDriven.missing !== null)(`${webkitDriven.name}: the app opens`, async () => {
  const browser = await launch(webkitDriven)
  await openCampaign(browser)
  await untilKept(browser)
})

/** Until nothing has been asked for in a while; the worker's own file was. */
async function untilQuiet(before: number): Promise<void> {
  const asked = () => stage.network.requests.slice(before)
  await expect.poll(asked, PATIENCE).toContain('GET /sw.js')
  for (let last = -1; last < asked().length; await wait(2_000)) last = asked().length
}

test.skipIf(webkitWindow.missing !== null)(`${webkitWindow.name}: the app complains of nothing`, async () => {
  const browser = await launch(webkitWindow)
  const folder = join(stage.scratch, 'loud')
  mkdirSync(folder)
  writeFileSync(join(folder, 'loud.html'), LOUD)
  stage.network.deploy(folder)
  await browser.show(`${stage.network.origin}/loud.html`)
  const errors = () => browser.said.filter((line) => line.includes('ERROR') && !UNKNOWN.test(line))
  await expect.poll(errors, PATIENCE).toEqual([expect.stringContaining('this is heard')])
  stage.network.deploy(null)
  const { slug } = await readOpenCampaign(stage.database)
  const before = stage.network.requests.length
  await browser.show(`${stage.network.origin}/c/${slug}`)
  await untilQuiet(before)
  expect(errors()).toEqual([expect.stringContaining('this is heard')])
})
