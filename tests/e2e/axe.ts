/**
 * Checks the accessibility of the current screen with axe: violations of WCAG 2.2 AA fail.
 */
import type { CDPSession, Page } from '@playwright/test'
import axe, { type NodeResult, type Result, type RunOptions } from 'axe-core'

const LAW = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const describeNode = ({ target, failureSummary }: NodeResult) =>
  `    ${String(target)} ${failureSummary ?? ''}`
const describe = ({ id, help, nodes }: Result) => `${id}: ${help}\n${nodes.map(describeNode).join('\n')}`

/** The violations of WCAG 2.2 AA on this page as text, optionally of some rules only. The app has no frames. */
export async function findViolations(page: Page, screen: string, rules?: string[]): Promise<string[]> {
  const violations = await runAxe(page, {
    runOnly: rules ?? LAW,
    resultTypes: ['violations'], // axe describes no more than one element of what passed
  })
  return violations.map((found) => `${screen}: ${describe(found)}`)
}

const sessions = new WeakMap<Page, Promise<CDPSession>>()

/**
 * Puts axe into the page. Half a megabyte of source costs more than its run, and the browser keeps what it compiled
 * when the source comes as a script of its own and not as text to evaluate.
 */
async function loadAxe(page: Page): Promise<void> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, session)
  await (await session).send('Runtime.evaluate', { expression: `${axe.source};0` })
}

/** Runs axe in the page, where it is loaded once for each document. */
async function runAxe(page: Page, options: RunOptions): Promise<Result[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await loadAxe(page)
  return await page.evaluate(async (given) => {
    const { axe: loaded } = window as unknown as { axe: typeof axe }
    return (await loaded.run(document, given)).violations
  }, options)
}
