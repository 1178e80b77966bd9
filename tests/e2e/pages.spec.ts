/**
 * Every page of the app as the demonstration fills it: axe for WCAG 2.2 AA in light and dark, 320 px, 200 % text, whole words,
 * the keyboard's way to the main act, and for the desk also a wide screen. `src/app/everyPage.test.ts` compares its table with the router's.
 */
import { expect } from '@playwright/test'
import { liveOnce } from '../../supabase/local/demo/live'
import { TEST_KEYS } from '../support/keys'
import { PAGES } from './pages/all'
import type { PageRow } from './pages/row'
import { enterAs, LOGINS, visit } from './pages/visit'
import { readWorld } from './pages/world'
import { test } from './stage'

const LONG_MS = 1_800_000
const PEOPLE: readonly PageRow['who'][] = [undefined, ...(Object.keys(LOGINS) as (keyof typeof LOGINS)[])]

for (const who of PEOPLE)
  test(
    `every page of the ${who ?? 'citizen'} is whole at 320 px, at 200 % and in the dark, and passes axe for WCAG 2.2 AA`,
    { tag: '@long' },
    async ({ stage, backend }) => {
      test.setTimeout(LONG_MS)
      const lines: string[] = []
      await liveOnce({ ...backend, address: backend.origin, ...TEST_KEYS }, (line) => lines.push(line))
      const world = await readWorld(stage.database, backend.origin)
      const phone = await stage.phone()
      await enterAs(phone.page, stage.network.origin, who)
      const found: string[] = []
      const rows = PAGES.filter((row) => row.who === who)
      for (const row of rows) found.push(...(await visit(phone, world, row)))
      expect(rows.length).toBeGreaterThan(0)
      expect(found, lines.join('\n')).toEqual([])
    },
  )
