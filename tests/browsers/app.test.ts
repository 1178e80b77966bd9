/** The app in browsers other than Chromium, where they are installed. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readOpenCampaign } from '../e2e/api'
import type { Scripted } from './browser'
import { firefox } from './firefox'
import { reportLimits, useBrowsers } from './running'
import { PATIENCE, useStage } from './stage'
import { webkitDriven, webkitWindow } from './webkit'

/** WebKitGTK's complaints about two settings that are meant for other browsers. */
const UNKNOWN = /directive 'manifest-src'|key "interactive-widget"/u
/** A page with an error, to prove that errors are noticed. */
const LOUD = `<!doctype html><script>console.error('this is heard')</script>`

const stage = useStage()
const { launch } = useBrowsers(stage)
reportLimits([firefox, webkitDriven, webkitWindow])

/** Opens a campaign's page in a new browser and waits for its heading. */
async function openCampaign(browser: Scripted): Promise<void> {
  const { slug, heading: expected } = await readOpenCampaign(stage.database)
  await browser.open(`${stage.network.origin}/c/${slug}`)
  const heading = () => browser.evaluate(`document.querySelector('h1')?.textContent.trim()`)
  await expect.poll(heading, PATIENCE).toBe(expected)
}

/** Waits until the app's worker is ready for a visit without network. */
async function untilKept(browser: Scripted): Promise<void> {
  const state = () => browser.evaluate(`navigator.serviceWorker.controller?.state`)
  await expect.poll(state, PATIENCE).toBe('activated')
}

test.skipIf(firefox.missing !== null)(`${firefox.name} opens the app without an error`, async () => {
  const browser = await launch(firefox)
  await openCampaign(browser)
  await untilKept(browser)
  await browser.evaluate(`console.error('this is heard')`)
  await expect.poll(() => browser.errors, PATIENCE).toEqual(['this is heard'])
})

test.skipIf(webkitDriven.missing !== null)(`${webkitDriven.name} opens the app`, async () => {
  const browser = await launch(webkitDriven)
  await openCampaign(browser)
  await untilKept(browser)
})

/** Waits until the worker's file has been requested and there are no further requests. */
async function untilQuiet(before: number): Promise<void> {
  const asked = () => stage.network.requests.slice(before)
  await expect.poll(asked, PATIENCE).toContain('GET /sw.js')
  for (let last = -1; last < asked().length; await wait(2_000)) last = asked().length
}

test.skipIf(webkitWindow.missing !== null)(`${webkitWindow.name} logs no error of the app`, async () => {
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
