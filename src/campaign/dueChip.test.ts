// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import DueChip from './DueChip.vue'

const WINDOW = {
  opens_at: '2021-11-04T00:00:00-06:00',
  closes_at: '2021-11-30T23:59:00-06:00',
  received_until: '2021-12-02T23:59:00-06:00',
}

test.each([
  ['2021-11-01T12:00:00-06:00', 'Abre en 3 días', 'chip-accent'],
  ['2021-11-10T12:00:00-06:00', 'Faltan 20 días', 'chip-quiet'],
  ['2021-11-25T12:00:00-06:00', 'Faltan 5 días', 'chip-warn'],
  ['2021-11-30T21:59:00-06:00', 'Faltan 2 horas', 'chip-bad'],
])('at %s the chip says «%s» in the tone %s', (at, words, tone) => {
  const chip = mount(DueChip, { props: { window: WINDOW, now: new Date(at) } })
  expect(chip.text()).toBe(words)
  expect(chip.classes()).toContain(tone)
})
