// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { randomUUID } from 'node:crypto'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findDraft } from '@/campaign/form/findDraft'
import FormPage from '@/campaign/form/FormPage.vue'
import { ACTION, DURING, material } from '@/campaign/testing/material'
import { db } from '@/data/db'
import type { Refusal } from '@/domain/refusals'
import saving from '@/i18n/es-MX/saving.json'
import { refusalText } from '@/i18n/refusals'
import { emptyAnswers, MISSING, type Answers } from './answers'
import { propuestaForm } from './form'
import { t } from './words'

const NUL = String.fromCodePoint(0)
const WRONG_BODIES: [name: string, body: string, code: Refusal][] = [
  ['nothing', '', 'body_too_short'],
  ['19 characters', 'x'.repeat(19), 'body_too_short'],
  ['2,001 characters', 'x'.repeat(2001), 'body_too_long'],
  ['2,001 emoji', '🙂'.repeat(2001), 'body_too_long'],
  ['spaces only', ' '.repeat(40), 'body_too_short'],
  ['zero-width characters only', '\u200b'.repeat(40), 'body_too_short'],
  ['19 characters and NUL', `${'x'.repeat(19)}${NUL}`, 'body_too_short'],
  ['blanks of Braille only', '\u2800'.repeat(40), 'body_too_short'],
]

let page: VueWrapper | undefined
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: DURING })
  await db.drafts.clear()
})
afterEach(() => {
  page?.unmount()
  vi.useRealTimers()
})

/** Opens a draft at a step, like its address does. A stored draft has its stored answers. */
async function openForm(id: string, step: string, answers: Partial<Answers> = {}): Promise<VueWrapper> {
  const found = await findDraft(propuestaForm, id, {}, null)
  if (found === 'handed_over') throw new Error('this draft was sent')
  const start = found.stored ? found : { ...found, answers: { ...emptyAnswers(), ...answers } }
  const props = { form: propuestaForm, slug: 'consulta', start, material, refusal: null }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      {
        path: '/c/consulta/propuesta/:id/:step',
        component: FormPage,
        props: ({ params }) => ({ ...props, step: params['step'] }),
      },
      { path: '/:rest(.*)', component: { template: '' } },
    ],
  })
  await router.push(`/c/consulta/propuesta/${id}/${step}`)
  page = mount(RouterView, { attachTo: document.body, global: { plugins: [router] } })
  await flushPromises()
  return page
}

async function clickNext(form: VueWrapper): Promise<void> {
  await form.find('form').trigger('submit')
  await flushPromises()
}

/** The lines of the error summary. */
const summaryOf = (form: VueWrapper) => form.findAll('[role=alert] a').map((link) => link.text())
const valueOf = (form: VueWrapper, field: string) => (form.find(field).element as HTMLInputElement).value

async function write(form: VueWrapper, field: string, text: string): Promise<void> {
  await form.find(field).setValue(text)
  await clickNext(form)
}

/** Waits for the page with this title. */
const untilAt = (form: VueWrapper, title: string) =>
  vi.waitFor(() => expect(form.find('h1').text()).toBe(title), { timeout: 20_000 })

test('an invalid text shows its message at the field and in the summary, and stays in the field', async () => {
  const id = randomUUID()
  const logs = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')]
  const form = await openForm(id, 'texto', { about: MISSING, notice_hash: 'h2' })
  for (const [name, body, code] of WRONG_BODIES) {
    await write(form, '#body', body)
    expect(form.find('#body-error').text(), name).toContain(refusalText(code))
    expect(summaryOf(form), name).toEqual([refusalText(code)])
    expect(form.find('#body').attributes('aria-invalid'), name).toBe('true')
    expect(valueOf(form, '#body'), name).toBe(body)
  }
  await vi.waitFor(() => expect(form.find('.saved > :not(.away)').text()).toBe(saving['form.saved']), {
    timeout: 20_000,
  })
  form.unmount()
  const again = await openForm(id, 'texto')
  expect(valueOf(again, '#body')).toBe(WRONG_BODIES.at(-1)![1])
  for (const spy of logs) expect(spy).not.toHaveBeenCalled()
})

test('an error goes while its field is being mended, and stays while it is still wrong', async () => {
  const form = await openForm(randomUUID(), 'texto', { about: MISSING, notice_hash: 'h2' })
  await write(form, '#body', 'corto')
  ;(form.find('#body').element as HTMLElement).focus()
  await form.find('#body').setValue('corto todavía')
  expect(summaryOf(form)).toEqual([refusalText('body_too_short')])
  await form.find('#body').setValue('Que los talleres lleguen a los pueblos.')
  expect(form.find('[role=alert]').exists()).toBe(false)
  expect(form.find('#body-error').exists()).toBe(false)
  expect(document.activeElement).toBe(form.find('#body').element)
})

test('an opinion given on the campaign’s page stands in one line and is asked again only on request', async () => {
  const form = await openForm(randomUUID(), 'texto', { about: ACTION, notice_hash: 'h2', helps: 'partly' })
  expect(form.findAll('input[name=helps]')).toHaveLength(0)
  expect(form.text()).toContain(t('step.texto.helps', { answer: t('helps.partly') }))
  await form
    .findAll('button')
    .find((one) => one.text() === t('step.texto.helps.change'))!
    .trigger('click')
  await flushPromises()
  expect(document.activeElement?.id).toBe('helps')
  await form.find('input[name=helps][value=no]').setValue()
  expect(form.findAll('input:checked').map(({ element }) => (element as HTMLInputElement).value)).toEqual([
    'no',
  ])
})

test('an invalid name, municipality or e-mail address shows its message and stays in the field', async () => {
  const body = 'Que los talleres lleguen a los pueblos.'
  const form = await openForm(randomUUID(), 'sobre-ti', { about: MISSING, notice_hash: 'h2', body })
  await clickNext(form)
  expect(form.find('#naming-error').text()).toContain(t('step.nombre.error'))
  await form.find('input[value=named]').setValue()
  for (const [name, code] of [
    [' ', 'name_required'],
    ['x'.repeat(81), 'name_too_long'],
  ] as const) {
    await write(form, '#name', name)
    expect(form.find('#name-error').text()).toContain(refusalText(code))
    expect(valueOf(form, '#name')).toBe(name)
  }
  await form.find('#name').setValue('Ana')
  await write(form, '#municipality', 'Macondo')
  expect(form.find('#municipality-error').text()).toContain(t('step.sobre-ti.municipality.error'))
  await form.find('#municipality').setValue('')
  await write(form, '#email', 'ana@ejemplo')
  expect(form.find('#email-error').text()).toContain(refusalText('email_invalid'))
  await write(form, '#email', '')
  await untilAt(form, t('step.permisos.title'))
  expect(form.findAll('input:checked')).toEqual([]) // no consent is ticked in advance
  await clickNext(form)
  expect(summaryOf(form)).toContain(refusalText('consent_missing'))
  expect(form.find('h1').text()).toBe(t('step.permisos.title'))
})
