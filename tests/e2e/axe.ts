/**
 * Checks the accessibility of the current screen with axe: violations of WCAG 2.2 AA fail, best practices are
 * only printed.
 */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const LAW = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Finding {
  id: string
  help: string
  nodes: { target: unknown; failureSummary?: string | undefined }[]
}
const describe = ({ id, help, nodes }: Finding) =>
  `${id}: ${help}\n${nodes.map((node) => `    ${String(node.target)} ${node.failureSummary ?? ''}`).join('\n')}`

/** The violations of WCAG 2.2 AA on this page as text, optionally of some rules only. */
export async function findViolations(page: Page, screen: string, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await (
    rules ? axe.withRules(rules) : axe.withTags([...LAW, 'best-practice'])
  ).analyze()
  const isLaw = (tags: string[]) => tags.some((tag) => LAW.includes(tag))
  for (const advice of violations.filter(({ tags }) => !isLaw(tags))) {
    console.warn(`axe, best practice, ${screen}: ${describe(advice)}`)
  }
  return violations.filter(({ tags }) => isLaw(tags)).map((found) => `${screen}: ${describe(found)}`)
}
