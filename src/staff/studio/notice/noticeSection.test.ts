// @vitest-environment happy-dom
/** The section `aviso`: from the template, or from a version that exists. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { reactive } from 'vue'
import type { NoticeSection as NoticeData } from '@/domain/campaignDraft'
import type { Notice } from '@/domain/rows'
import { island } from '@/features/propuestas/staff/island'
import type { SectionContext } from '../section'
import NoticeSection from './NoticeSection.vue'

afterEach(() => (document.body.innerHTML = ''))

const former: Notice = {
  id: 'n1',
  version: 1,
  title: 'Aviso viejo',
  label: null,
  hash: 'h',
  simplified: ['Uno.'],
  full: [{ heading: 'Quién', paragraphs: ['El instituto.'] }],
  consents: [{ key: 'publish', text: 'Autorizo.', required: false }],
  published_on: '2026-01-05',
}
const PERMISSIONS = ['political_opinions', 'text', 'name', 'municipality'].map((permission) => ({
  permission,
  consent_key: permission === 'political_opinions' ? permission : 'publish',
}))

function open(data: NoticeData, notices: Notice[] = [former]) {
  const content = reactive(data)
  const context: SectionContext = {
    id: 'campaign',
    published: false,
    holidays: new Set(),
    notices,
    permissions: PERMISSIONS,
    institution: null,
    kindNotice: island.notice,
    dataOf: () => ({}),
    publicOf: () => null,
    problemsOf: () => [],
  }
  const section = mount(NoticeSection, {
    props: { data: content, context, problemOf: () => undefined },
    attachTo: document.body,
  })
  const press = (words: string, place = 0) => {
    const named = section.findAll('button').filter((button) => button.text() === words)
    return named[place]!.trigger('click')
  }
  return { content, section, press }
}
const keys = ({ notice }: NoticeData) => notice!.consents.map(({ key }) => key)

test('the template fills both forms and names who allows what', async () => {
  const { content, section, press } = open({ notice_id: null, notice: null }, [])
  await press('Empezar con la plantilla')
  expect(content.notice!.full).toHaveLength(10)
  expect(section.find('#allows-text').text()).toBe('Publicar el texto de la propuesta: autorización 2.')
})

test('the hint of the simplified form says how paragraphs are written', async () => {
  const { section, press } = open({ notice_id: 'n1', notice: null })
  await press('Escribir una versión nueva a partir de este')
  const hint = section.find('#simplified').attributes('aria-describedby')!.split(' ')[0]!
  expect(section.find(`#${hint}`).text()).toBe('Separa los párrafos con un renglón vacío.')
})

test('a version written from an older one gets what its consents allowed, and says what none allows', async () => {
  const { content, section, press } = open({ notice_id: 'n1', notice: null })
  await press('Escribir una versión nueva a partir de este')
  expect(content.notice!.consents[0]!.allows).toEqual(['text', 'name', 'municipality'])
  expect(section.find('#allows-political_opinions').text()).toContain('ninguna lo autoriza')
})

test('consents are added, allow, move and go', async () => {
  const { content, section, press } = open({ notice_id: 'n1', notice: null })
  await press('Escribir una versión nueva a partir de este')
  await press('Agregar una autorización')
  await section.find('#consent-1').setValue('Autorizo usarla.')
  await section.find('#consent-1-required').setValue(true)
  await section.find('#consent-1-political_opinions').setValue(true)
  await section.find('#consent-1-until').setValue('Hasta que la retire.')
  expect(content.notice!.consents[1]).toEqual({
    key: 'political_opinions',
    text: 'Autorizo usarla.',
    required: true,
    allows: ['political_opinions'],
    until: 'Hasta que la retire.',
  })
  await press('Subir', 1)
  expect(keys(content)).toEqual(['political_opinions', 'publish'])
  await press('Quitar esta autorización', 1)
  expect(keys(content)).toEqual(['political_opinions'])
  expect(section.emitted('touch')!.length).toBeGreaterThanOrEqual(4)
})

test('the versions are compared side by side, with the words that differ', async () => {
  const notice = { ...former, full: [{ heading: 'Quién', paragraphs: ['El pleno.'] }] }
  const { section } = open({ notice_id: 'n1', notice })
  await section.find('details').trigger('toggle')
  await import('./NoticeCompare.vue')
  await flushPromises()
  await section.find<HTMLSelectElement>('#notice-before').setValue('n1')
  expect(section.find('del').text()).toBe('instituto')
  expect(section.find('ins').text()).toBe('pleno')
})
