// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import type { Campaign } from '@/campaign/campaign'
import { DURING, material } from '@/campaign/testing/material'
import JornadasBody from './JornadasBody.vue'
import { t } from './words'

const GROUPS = ['Grupo 1', 'Grupo 2', 'Grupo 3'].map((name, index) => ({
  id: `g${index}`,
  name,
  class_keys: [],
}))

let page: VueWrapper | undefined
afterEach(() => page?.unmount())

function openAt(width: number, jornadas: object[] = []): VueWrapper {
  ;(window as unknown as { happyDOM: { setViewport(size: { width: number }): void } }).happyDOM.setViewport({
    width,
  })
  const convocatoria = {
    ...material.convocatoria,
    kind: 'jornadas',
    details: { groups: GROUPS, jornadas },
  }
  const props = { campaign: { convocatoria } as unknown as Campaign, writable: false, now: DURING }
  page = mount(JornadasBody, { props, attachTo: document.body })
  return page
}
const shown = (body: VueWrapper) =>
  body.findAll('section:not(.tab-away) > h2').map((heading) => heading.text())

test('a phone shows the days of one group, and its tab or the arrows show another', async () => {
  const body = openAt(360)
  const tabs = body.findAll('[role=tab]')
  expect(shown(body)).toEqual(['Grupo 1'])
  await tabs[1]!.trigger('click')
  expect(shown(body)).toEqual(['Grupo 2'])
  expect(tabs.map((tab) => tab.attributes('aria-selected'))).toEqual(['false', 'true', 'false'])
  expect(tabs.map((tab) => tab.attributes('tabindex'))).toEqual(['-1', '0', '-1'])
  for (const [key, name] of [
    ['ArrowRight', 'Grupo 3'],
    ['ArrowRight', 'Grupo 1'],
    ['ArrowLeft', 'Grupo 3'],
  ] as const) {
    await body.find('[role=tablist]').trigger('keydown', { key })
    await flushPromises()
    expect(shown(body)).toEqual([name])
    expect(document.activeElement?.textContent.trim()).toBe(name)
  }
})

test('a desktop shows every group and no tabs', () => {
  const body = openAt(1366)
  expect(body.findAll('[role=tab]')).toHaveLength(0)
  expect(shown(body)).toEqual(GROUPS.map(({ name }) => name))
})

test('what holds for every day is said once, and what holds for some at each of them', () => {
  const day = (index: number, sample = true) => ({
    id: `d${index}`,
    group_id: 'g0',
    title: `Jornada ${index}`,
    on_day: '2026-12-08',
    starts_at: null,
    ends_at: null,
    sample,
  })
  const times = (words: string) => page!.text().split(words).length - 1
  openAt(360, [day(1), day(2), day(3)])
  expect([times(t('day.zone')), times(t('day.sample'))]).toEqual([1, 1])
  page!.unmount()
  openAt(360, [day(1), day(2), day(3, false)])
  expect([times(t('day.zone')), times(t('day.sample'))]).toEqual([1, 2])
})
