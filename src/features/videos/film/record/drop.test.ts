// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import DropTarget from './DropTarget.vue'
import { t } from './words'

let shown: VueWrapper
beforeEach(() => (shown = mount(DropTarget)))
afterEach(() => shown.unmount())

const video = new File(['x'], 'v.mp4', { type: 'video/mp4' })
/** An event anywhere on the page, with what it carries. Returns whether the browser would still act on it. */
async function bring(name: string, files: File[], type = 'Files'): Promise<boolean> {
  const event = new Event(name, { bubbles: true, cancelable: true })
  const data = { types: [type], files }
  Object.assign(event, { dataTransfer: data, clipboardData: data, relatedTarget: null })
  document.body.dispatchEvent(event)
  await shown.vm.$nextTick()
  return !event.defaultPrevented
}

test.each(['drop', 'paste'])('a file that comes by %s is taken, and the page stays', async (name) => {
  expect(await bring(name, [video])).toBe(false)
  expect(shown.emitted('take')).toEqual([[video]])
})

test('of several files none is taken, because one cannot guess which', async () => {
  await bring('drop', [video, video])
  expect([shown.emitted('take'), shown.emitted('refuse')?.length]).toEqual([undefined, 1])
})

test('a pasted text stays with the field that it is for', async () => {
  expect(await bring('paste', [], 'text/plain')).toBe(true)
  expect(shown.emitted()).not.toHaveProperty('refuse')
})

test('the target says where to let go while a file is held over the page', async () => {
  expect(shown.text()).toBe(t('drop'))
  await bring('dragover', [])
  expect([shown.text(), shown.classes()]).toEqual([t('drop.over'), ['drop', 'small', 'over']])
  await bring('dragleave', [])
  expect(shown.text()).toBe(t('drop'))
  await bring('dragover', [], 'text/plain')
  expect(shown.text()).toBe(t('drop'))
})

test('a target that is gone takes nothing', async () => {
  shown.unmount()
  expect(await bring('drop', [video])).toBe(true)
})
