// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { ISLANDS } from '@/campaign/islands'
import { t } from '@/campaign/submission/statusWords'
import type { SubmissionView } from '@/data/submissions'
import SubmissionCard from './SubmissionCard.vue'

const view: SubmissionView = {
  id: 's1',
  title: 'Más árboles.',
  convocatoria_title: 'Consulta',
  kind: 'propuestas',
  folio: 'PR-1',
  old_folio: null,
  chip: 'published',
  progress: null,
  row: null,
  pending: [],
  refusal: null,
  secret: 'k',
}

test.each([
  ['Más árboles.', 'Más árboles.'],
  ['', t('status.title')], // one that was spoken has no words of its author
])('a submission called «%s» is opened from the list as «%s»', (title, shown) => {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  const card = mount(SubmissionCard, {
    props: { view: { ...view, title }, changedAt: '2026-11-20T10:00:00Z' },
    global: { plugins: [createPinia(), router], provide: { [ISLANDS as symbol]: { propuestas: {} } } },
  })
  expect([card.get('a').text(), card.get('a').attributes('href')]).toEqual([shown, '/envios/s1'])
})
