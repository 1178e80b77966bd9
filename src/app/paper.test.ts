// @vitest-environment happy-dom
import { beforeAll, expect, test } from 'vitest'
import { unfoldOnPaper } from './paper'

const PAGE = '<main class="main"><details id="folded"></details><details id="open" open></details></main>'
const isOpen = (id: string) => (document.getElementById(id) as HTMLDetailsElement).open

beforeAll(unfoldOnPaper)

test('a citizen’s page is unfolded while the browser prints it, and folded again as it was', () => {
  document.body.innerHTML = `<header class="header header-wide"></header>${PAGE}`
  dispatchEvent(new Event('beforeprint'))
  expect([isOpen('folded'), isOpen('open')]).toEqual([true, true])
  dispatchEvent(new Event('afterprint'))
  expect([isOpen('folded'), isOpen('open')]).toEqual([false, true])
})

test('a page of the staff is printed as it stands', () => {
  document.body.innerHTML = `<header class="header"></header>${PAGE}`
  dispatchEvent(new Event('beforeprint'))
  expect(isOpen('folded')).toBe(false)
})
