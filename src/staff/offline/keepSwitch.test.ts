// @vitest-environment happy-dom
/** The switch of the copy says how far the copy is. */
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import type { Kept } from '@/data/staff/keptItems'
import type { StaffItem } from '@/domain/staffRows'
import { useReviewQueueStore } from '../queue/reviewQueueStore'
import KeepSwitch from './KeepSwitch.vue'

const items = [{ id: '1' }, { id: '2' }] as StaffItem[]
const open = (kept: Partial<Kept>, isReading: boolean) => {
  setActivePinia(createPinia())
  const queue = useReviewQueueStore()
  queue.kept = { epoch: 'e', items, scopes: {}, ...kept }
  queue.isReadingCopy = isReading
  return mount(KeepSwitch)
}
const reading = { scopes: { c1: { at: null, partial: false, left: 3 } } }

test('while the first copy is read, the switch counts what is kept and shows it as a bar', () => {
  const pane = open(reading, true)
  expect(pane.text()).toContain('Guardando los envíos: 2 de 5.')
  expect(pane.find('progress').attributes()).toMatchObject({ value: '2', max: '5' })
})

test('a first copy that signal cut off says how much it has and that the rest follows', () => {
  expect(open(reading, false).text()).toContain(
    'Se guardaron 2 de 5 envíos. Lo que falta se completa cuando haya señal.',
  )
})

test('before the first answer the switch says only that it keeps, and a complete copy shows no bar', () => {
  const first = open({ items: [] }, true)
  expect(first.text()).toContain('Guardando los envíos…')
  const whole = open({ scopes: { c1: { at: '2026-11-26T10:00:00Z', partial: false } } }, true)
  expect([first.find('progress').exists(), whole.find('progress').exists()]).toEqual([false, false])
})
