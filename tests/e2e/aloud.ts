/** What `docs/screen-reader.md` says is heard on a page, compared with the accessible tree of the real one. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'

const SCRIPT = path.resolve(import.meta.dirname, '../../docs/screen-reader.md')

/** The lines of the tree under this heading of the document. */
function linesUnder(heading: string): string[] {
  const [, after] = readFileSync(SCRIPT, 'utf8').split(`\n## ${heading}\n`)
  const [, block] = /```yaml\n([^]*?)```/u.exec(after ?? '') ?? []
  if (!block) throw new Error(`the document has no tree under «${heading}»`)
  return block.trimEnd().split('\n')
}

/** The lines of the document that the tree lacks, in their order. What stands behind a line's beginning may differ. */
function lacking(tree: string, lines: readonly string[]): string[] {
  const said = tree.split('\n').map((line) => line.trim())
  let at = 0
  return lines.filter((line) => {
    const found = said.findIndex((one, nth) => nth >= at && one.startsWith(line.trim()))
    if (found >= 0) at = found + 1
    return found < 0
  })
}

/** The lines under a heading of the document that nobody would hear on this page. */
export const unheard = async (page: Page, heading: string): Promise<string[]> =>
  lacking(await page.locator('main').ariaSnapshot(), linesUnder(heading))
