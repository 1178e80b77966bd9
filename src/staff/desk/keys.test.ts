// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { switchKeys, useKeys } from './keys'

const act = vi.fn()
const send = vi.fn()
const open = () =>
  mount(
    {
      setup: () => useKeys({ a: act, 'Ctrl+Enter': send }),
      template: '<div><textarea /><input type="checkbox" /></div>',
    },
    { attachTo: document.body },
  )
const press = (target: EventTarget, key: string, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))

afterEach(() => {
  vi.resetAllMocks()
  switchKeys(true)
  document.body.replaceChildren()
})

test('a letter acts on the page and on a checkbox, and not in a field, with Ctrl, or while a dialog is open', () => {
  const page = open()
  press(document.body, 'a')
  press(document.body, 'A')
  press(page.find('input').element, 'a')
  expect(act).toHaveBeenCalledTimes(3)
  press(page.find('textarea').element, 'a')
  press(document.body, 'a', { ctrlKey: true })
  press(document.body, 'a', { repeat: true })
  const dialog = document.body.appendChild(document.createElement('dialog'))
  dialog.setAttribute('open', '')
  press(document.body, 'a')
  expect(act).toHaveBeenCalledTimes(3)
  page.unmount()
})

test('letters can be switched off, which «Ctrl+Enter» within a field outlives', () => {
  const page = open()
  switchKeys(false)
  press(document.body, 'a')
  expect(act).not.toHaveBeenCalled()
  press(page.find('textarea').element, 'Enter', { ctrlKey: true })
  expect(send).toHaveBeenCalledOnce()
  page.unmount()
})

test('nothing acts once the component is gone', () => {
  open().unmount()
  press(document.body, 'a')
  expect(act).not.toHaveBeenCalled()
})
