// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { rememberAccent, restoreAccent } from './accentMemory'

const { style } = document.documentElement
const shown = () => style.getPropertyValue('--inst-accent-light')

beforeEach(() => {
  localStorage.clear()
  style.cssText = ''
})

test('a new colour changes the next load and not the current one', async () => {
  await rememberAccent('#8a1538')
  expect(shown()).toBe('')
  restoreAccent()
  expect(shown()).toBe('#8a1538')
  await rememberAccent('#123456')
  expect(shown()).toBe('#8a1538')
  restoreAccent()
  expect(shown()).toBe('#123456')
})

test('a first visit has the colours of the style sheet, and an invalid colour is not stored', async () => {
  await rememberAccent('red')
  restoreAccent()
  expect(style.cssText).toBe('')
})

test.each(['{', 'null', '"text"', '[]'])('the stored text %s is ignored', (text) => {
  localStorage.setItem('convoca.accent', text)
  expect(() => restoreAccent()).not.toThrow()
  expect(shown()).toBe('')
})

test('without storage a load has the colours of the style sheet', async () => {
  const denied = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  vi.stubGlobal('localStorage', { getItem: denied, setItem: denied })
  await rememberAccent('#8a1538')
  restoreAccent()
  expect(style.cssText).toBe('')
  vi.unstubAllGlobals()
})
