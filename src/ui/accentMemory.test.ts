// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { rememberAccent, restoreAccent } from './accentMemory'

const { style } = document.documentElement
const shown = () => style.getPropertyValue('--inst-accent-light')

beforeEach(() => {
  localStorage.clear()
  style.cssText = ''
})

test('a colour that is new to this phone dresses the next load, never the one somebody looks at', async () => {
  await rememberAccent('#8a1538')
  expect(shown()).toBe('')
  restoreAccent()
  expect(shown()).toBe('#8a1538')
  await rememberAccent('#123456')
  expect(shown()).toBe('#8a1538')
  restoreAccent()
  expect(shown()).toBe('#123456')
})

test('the first visit has the colours of the style sheet, and what is no colour is not remembered', async () => {
  await rememberAccent('red')
  restoreAccent()
  expect(style.cssText).toBe('')
})

test.each(['{', 'null', '"text"', '[]'])('%s in the memory breaks nothing', (text) => {
  localStorage.setItem('convoca.accent', text)
  expect(() => restoreAccent()).not.toThrow()
  expect(shown()).toBe('')
})

test('a browser that keeps nothing leaves the colours of the style sheet', async () => {
  const denied = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  vi.stubGlobal('localStorage', { getItem: denied, setItem: denied })
  await rememberAccent('#8a1538')
  restoreAccent()
  expect(style.cssText).toBe('')
  vi.unstubAllGlobals()
})
