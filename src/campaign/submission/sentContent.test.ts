// @vitest-environment happy-dom
/** What a status page says of a submission whose contact or content was erased. */
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { ISLANDS } from '../islands'
import type { Sent } from './sent'
import SentContent from './SentContent.vue'

const sent: Sent = {
  id: '1',
  kind: 'propuestas',
  convocatoria_id: 'c',
  convocatoria_title: 'Consulta',
  content: {},
  display_name: null,
  has_email: false,
  received_at: null,
  folio: 'PR-2026-000042-7',
  pending: null,
}
const words = (change: Partial<Sent>) =>
  mount(SentContent, {
    props: { sent: { ...sent, ...change } },
    global: { provide: { [ISLANDS]: {} } },
  }).text()

test('a submission without a contact says that none was left, and nothing of an erasure', () => {
  expect(words({})).toMatch(/Anónima.*No dejaste/su)
  expect(words({})).not.toContain('borr')
})

test('an erased contact is said with its day, and not as one that was never left', () => {
  const text = words({ contact_erased_at: '2027-12-01T05:30:00Z' })
  expect(text).toContain('se borraron el martes 30 de noviembre de 2027') // the day in central Mexico
  expect(text).not.toMatch(/Anónima|No dejaste/u)
})

test('a name that outlives its address stays', () => {
  const text = words({ contact_erased_at: '2027-12-01T12:00:00Z', display_name: 'Ana Pérez' })
  expect(text).toContain('Ana Pérez')
  expect(text).not.toContain('No dejaste')
})

test('erased content is said with its day', () =>
  expect(words({ content_erased_at: '2027-12-01T12:00:00Z' })).toContain(
    'Lo que contenía este envío se borró',
  ))
