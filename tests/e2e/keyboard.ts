/**
 * Steps of a person without a pointer: Tab to move, Enter and Space to act, arrows within a group of options.
 */
import { expect, type Locator, type Page } from '@playwright/test'

const MAX_TABS = 150

/** Runs in the page: the problem with the current focus, or null. */
export function findFocusTrouble(): string | null {
  const focused = document.activeElement
  if (!focused || focused === document.body) return null
  const name = `${focused.tagName} ${focused.id} ${(focused.textContent ?? '').trim().slice(0, 40)}`
  const hasRing = (element: Element | null): boolean =>
    element !== null &&
    [undefined, '::before', '::after'].some((part) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element, part)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
    })
  const isDrawn = focused.matches('audio[controls], video[controls]') // the browser draws it inside its own controls
  if (!isDrawn && !hasRing(focused) && !hasRing(focused.closest('label'))) return `no visible focus: ${name}`
  const box = focused.getBoundingClientRect()
  const middle = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2] as const
  const onTop = document.elementFromPoint(...middle)
  const isSeen =
    onTop && (focused.contains(onTop) || onTop.contains(focused) || focused.closest('label')?.contains(onTop))
  return isSeen
    ? null
    : `focus is hidden behind ${onTop?.tagName ?? 'nothing'}.${onTop?.className ?? ''}: ${name}`
}

const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement)

/** Presses Tab until the target has the focus. Every stop on the way must be visible. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let tabs = 0; tabs < MAX_TABS; tabs += 1) {
    if (await isFocused(target)) return
    await page.keyboard.press('Tab')
    expect(await page.evaluate(findFocusTrouble)).toBeNull()
  }
  throw new Error(`not reached in ${MAX_TABS} tabs: ${String(target)}`)
}

/** Moves to a link or button and presses Enter. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** Moves to a checkbox and presses Space. */
export async function tick(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Space')
  expect(await target.isChecked()).toBe(true)
}

/** Chooses a radio button: Tab enters the group at the first one, and arrows move within it. */
export async function choose(page: Page, first: Locator, target: Locator): Promise<void> {
  await tabTo(page, first)
  await page.keyboard.press('Space')
  for (let steps = 0; steps < MAX_TABS && !(await target.isChecked()); steps += 1) {
    await page.keyboard.press('ArrowDown')
  }
  expect(await target.isChecked()).toBe(true)
}

/** Moves to a field and types. */
export async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.type(text)
}
