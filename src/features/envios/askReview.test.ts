// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import SecondReviewCard from '@/campaign/submission/SecondReviewCard.vue'
import { db } from '@/data/db'
import type { SubmissionView } from '@/data/submissions'
import { learnClock } from '@/data/serverClock'
import type { SecondReview } from '@/domain/secondReview'
import messages from '@/i18n/es-MX/folio.json'
import AskReview from './AskReview.vue'

const NOW = '2026-12-02T18:00:00Z'
const open: SecondReview = { until: '2026-12-14T05:59:59+00:00', answer_by: '2026-12-29T05:59:59+00:00' }
const view = (change: object = {}) =>
  ({ id: 's1', secret: 'secret', pending: [], refusal: null, ...change }) as unknown as SubmissionView

beforeEach(async () => {
  setActivePinia(createPinia())
  await Promise.all(db.tables.map((table) => table.clear()))
  learnClock(NOW, performance.now())
})

const show = (review: SecondReview, one = view()) =>
  mount(
    {
      components: { SecondReviewCard, AskReview },
      setup: () => ({ review, one }),
      template: '<SecondReviewCard :review="review"><AskReview :view="one" /></SecondReviewCard>',
    },
    { attachTo: document.body },
  )

test('a second review is offered with both dates, one in full, and asking saves an op with the author’s secret', async () => {
  const card = show(open)
  expect(card.text()).toContain('una sola vez, hasta el domingo 13 de diciembre de 2026')
  expect(card.text()).toContain('a más tardar el 28 dic 2026')
  expect(card.text()).toContain(messages['second.rights'])
  await card.find('button').trigger('click')
  await flushPromises()
  await expect
    .poll(() => db.outbox.toArray())
    .toMatchObject([{ kind: 'submission.ask_review', entity_id: 's1', payload: {}, secret: 'secret' }])
})

test('nothing is offered after its last day', () => {
  expect(show({ ...open, until: '2026-12-02T05:59:59+00:00' }).text()).toBe('')
})

test('nothing can be asked while something of the submission is unsent or was refused', () => {
  for (const change of [{ pending: [{ kind: 'submission.ask_review' }] }, { refusal: { code: 'x' } }])
    expect(show(open, view(change)).find('button').exists()).toBe(false)
})

test.each([
  [{}, 'te responderá a más tardar el lunes 14 de diciembre de 2026'],
  [{ outcome: 'uphold' }, 'otra persona confirmó la decisión. Es definitiva.'],
  [{ outcome: 'accept' }, 'otra persona cambió la decisión: sí se aceptó.'],
  [{ outcome: 'reopen' }, 'otra persona volvió a abrir la revisión.'],
] as const)('what became of a second review is said with its dates: %o', (change, words) => {
  const asked: SecondReview = {
    asked_at: '2026-12-01T03:00:00Z', // still 30 November in central Mexico
    answer_by: '2026-12-15T05:59:59+00:00',
    ...change,
    ...('outcome' in change && { answered_at: '2026-12-03T18:00:00Z' }),
  }
  const card = show(asked)
  expect(card.text()).toContain('La pediste el 30 nov 2026.')
  expect(card.text()).toContain(words)
  expect(card.find('button').exists()).toBe(false)
})
