// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { appendSlice, beginRecording, leftRecording } from '@/media/recorder/recordings'
import { wipe } from '@/sync/testing/phone'
import { detailsOf } from '../../details'
import { duration } from '../../facts'
import { material } from '../../testing/material'
import FoundRecording from './FoundRecording.vue'
import { t } from './words'

const measured = vi.hoisted(() => ({ durationMs: null as number | null }))
vi.mock('@/media/measure', () => ({ measure: async () => measured }))

const props = { owner: 's1', limits: detailsOf(material.convocatoria) }
let shown: VueWrapper
const words = () => shown.findAll('button').map((button) => button.text())
const press = async (label: string) => {
  await shown
    .findAll('button')
    .find((button) => button.text() === label)!
    .trigger('click')
  await flushPromises()
}
/** The form opens again after a page that died while it recorded this. */
async function find(durationMs: number): Promise<void> {
  await appendSlice(await beginRecording('s1', 'video/webm'), 0, new Blob(['slice']))
  measured.durationMs = durationMs
  shown = mount(FoundRecording, { props, attachTo: document.body })
  await vi.waitFor(() => expect(shown.text()).not.toBe(''))
}
beforeEach(wipe)
afterEach(() => shown.unmount())

test('a recording that nobody kept is offered with its length when the form opens again, and is used', async () => {
  await find(42_000)
  expect(shown.text()).toContain(t('found', { length: '0:42' }))
  await press(t('found.use'))
  expect(await (shown.emitted('use')![0]![0] as Blob).text()).toBe('slice')
})

test('a recording that nobody kept is thrown away after a question', async () => {
  await find(42_000)
  await press(t('found.drop'))
  expect(await leftRecording('s1')).not.toBeNull()
  const confirm = [...document.querySelectorAll<HTMLButtonElement>('dialog button')].find(
    (one) => one.textContent.trim() === t('found.drop'),
  )!
  confirm.click()
  await vi.waitFor(async () => expect(await leftRecording('s1')).toBeNull())
  await vi.waitFor(() => expect(shown.text()).toBe(''))
})

test('a recording below the campaign’s least length can only be thrown away', async () => {
  await find(9_000)
  expect(shown.text()).toContain(t('found.short', { min: duration(15_000) }))
  expect(words()).not.toContain(t('found.use'))
})
