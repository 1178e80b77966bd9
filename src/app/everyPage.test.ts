// @vitest-environment happy-dom
import { createApp } from 'vue'
import { expect, test } from 'vitest'
import type { Feature } from '@/features/feature'
import { PAGES } from '../../tests/e2e/pages/all'
import { feature as phone } from './phone/feature'
import { makeRouter } from './router'
import { routes as ofStaff } from './staffPieces'

const features = Object.values(
  import.meta.glob<Feature>('../features/*/feature.ts', { eager: true, import: 'feature' }),
)

interface Address {
  path: string
  children?: readonly Address[] | undefined
}

/** The addresses that have a page of their own. A parent shows only its children's. */
const addressesOf = (routes: readonly Address[], base = ''): string[] =>
  routes.flatMap(({ path, children }) => {
    const whole = path.startsWith('/') ? path : `${base}/${path}`
    return children?.length ? addressesOf(children, whole) : [whole]
  })

test('every page of the app has a row in the tour of pages, and no row is of a page that is gone', () => {
  const frame = makeRouter(createApp({})).getRoutes()
  const known = addressesOf([...frame, ...[...features, phone].flatMap(({ routes }) => routes), ...ofStaff])
  expect(known.length).toBeGreaterThan(60)
  expect(new Set(PAGES.map(({ route }) => route))).toEqual(new Set(known))
})

test('every row of the tour of pages has a name of its own', () => {
  const names = PAGES.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
})
