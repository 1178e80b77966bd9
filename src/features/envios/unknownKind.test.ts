// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { ISLANDS, type Islands } from '@/campaign/islands'
import { t } from '@/campaign/words'
import { db, type Draft } from '@/data/db'
import { feature as propuestas } from '../propuestas/feature'
import DraftCard from './DraftCard.vue'

const draft: Draft = {
  id: 'd1',
  kind: 'encuestas',
  convocatoria_id: 'c1',
  convocatoria_title: 'Encuesta',
  answers: { body: 'Lo que escribí' },
  step: 'revisa',
  updated_at: '2026-11-20T10:00:00.000Z',
}

async function show(of: Partial<Draft>, islands: Islands = { propuestas }) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  return mount(DraftCard, {
    props: { draft: { ...draft, ...of } },
    global: { plugins: [router], provide: { [ISLANDS as symbol]: islands } },
  })
}

test('the draft of an unknown kind says what to do and offers no form of another kind', async () => {
  await db.base.put({
    scope: 'public',
    entity: 'convocatoria',
    id: 'c1',
    row: { slug: 'c', kind: 'propuestas' },
  })
  const card = await show({})
  expect(card.text()).toContain(t('unknown.title'))
  expect(card.text()).not.toMatch(/propuesta/iu)
  expect(card.find('a').exists()).toBe(false)
})

test('a draft without a kind has the kind of its campaign', async () => {
  const card = await show({ kind: '' })
  expect(card.text()).toContain(t('unknown.title'))
  await vi.waitFor(() => expect(card.text()).toContain('Lo que escribí'), { timeout: 20_000 })
  expect(card.text()).not.toContain(t('unknown.title'))
  expect(card.find('a').attributes('href')).toBe('/c/c/propuesta/d1/revisa')
})
