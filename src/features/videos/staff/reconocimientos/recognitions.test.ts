// @vitest-environment happy-dom
/** Recognitions at the desk, with a server that a test plays, and their sheet. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { RpcFault } from '@/data/rpc'
import { problemText } from '@/i18n/problems'
import { toBase64url } from '../../../../../supabase/functions/_shared/signed/base64url'
import type { Recognition, RecognitionDesk } from '../../recognition'
import ReconocimientosView from './ReconocimientosView.vue'
import ReconocimientoView from './ReconocimientoView.vue'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({
  rpc: vi.fn<(name: string, args: Record<string, unknown>) => Promise<unknown>>(),
}))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const TEXT = [
  'convoca:constancia:2',
  '2026-01-01',
  '0123456789',
  '7',
  '2026-11-30',
  'reconocimiento',
  'Colectivo Río',
  'Un video sobre las cuentas del agua',
  'https://radio.ejemplo.mx/agua',
  'Videos',
  'Instituto de ejemplo',
  'Demostración: texto sin validez',
].join('\n')
const one: Recognition = {
  id: 'r1',
  holder: 'body',
  name: 'Colectivo Río',
  work: 'Un video sobre las cuentas del agua',
  links: ['https://radio.ejemplo.mx/agua'],
  folio: null,
  consent: null,
  granted_at: '2026-11-30T12:00:00Z',
  granted_by: 'Coordinación',
  serial: '0123456789',
  ended_on: null,
  revoked_by: null,
  revoke_reason: null,
  code: `${toBase64url(new TextEncoder().encode(TEXT))}.${toBase64url(new Uint8Array(64))}`,
}
const desk: RecognitionDesk = { id: 'c1', title: 'Videos', can_grant: true, items: [one] }

beforeEach(() => {
  setActivePinia(createPinia())
  rpc.mockReset()
})
const router = () =>
  createRouter({
    history: createMemoryHistory(),
    routes: ['staff-selection', 'staff-recognitions', 'staff-recognition'].map((name, at) => ({
      path: at === 0 ? '/' : `/${name}/:id${at === 2 ? '/:recognition' : ''}`,
      name,
      component: { template: '' },
    })),
  })
async function open(change: Partial<RecognitionDesk> = {}) {
  rpc.mockResolvedValue({ ...desk, ...change })
  const page = mount(ReconocimientosView, { props: { id: 'c1' }, global: { plugins: [router()] } })
  await flushPromises()
  return page
}
type Page = Awaited<ReturnType<typeof open>>
const press = async (page: Page, selector: string) => {
  await page.find(selector).trigger('click')
  await flushPromises()
}
async function write(page: Page) {
  await press(page, '.page-bar .button-primary')
  await page.find('#whom-body').setValue(true)
  await page.find('#name').setValue('Radio Barrio')
  await page.find('#work').setValue('Una serie sobre el cabildo')
  await page.find('#link-0').setValue('https://radio.ejemplo.mx/serie')
}
const send = async (page: Page) => {
  await page.find('form').trigger('submit')
  await flushPromises()
}

test('it is granted after a question, with what it is for and where it was spread', async () => {
  const page = await open()
  await write(page)
  await send(page)
  expect(rpc.mock.calls.map(([name]) => name)).not.toContain('grant_recognition')
  await page.findAll('dialog .button-primary').at(-1)!.trigger('click')
  await flushPromises()
  expect(rpc).toHaveBeenLastCalledWith('grant_recognition', {
    p_id: 'c1',
    p_data: {
      id: expect.any(String) as string,
      holder: 'body',
      name: 'Radio Barrio',
      work: 'Una serie sobre el cabildo',
      links: ['https://radio.ejemplo.mx/serie'],
    },
  })
  expect(page.find('form').exists()).toBe(false)
  expect(page.text()).toContain(t('granted'))
})

test.each<[string, string, string, string]>([
  ['no evidence', '#link-0', '', 'evidence_required'],
  ['evidence that is no page', '#link-0', 'radio.ejemplo.mx', 'evidence_invalid'],
  ['nothing that it is for', '#work', ' ', 'text_required'],
])('with %s nothing is asked, and the field says why', async (_, field, text, code) => {
  const page = await open()
  await write(page)
  await page.find(field).setValue(text)
  await send(page)
  expect(page.find(`${field}-error`).text()).toContain(problemText(code))
  expect(page.find('dialog[open]').exists()).toBe(false)
})

test('what the server refuses is said at its field, and what was written stays', async () => {
  const page = await open()
  await write(page)
  await page.find('#whom').setValue(true)
  await page.find('#folio').setValue('vi-2026-000001-1')
  await send(page)
  rpc.mockRejectedValueOnce(new RpcFault('name_not_allowed', false, { field: 'folio' }))
  await page.findAll('dialog .button-primary').at(-1)!.trigger('click')
  await flushPromises()
  expect(rpc.mock.lastCall![1]['p_data']).toMatchObject({ folio: 'VI-2026-000001-1', holder: 'person' })
  expect(page.find('#folio-error').text()).toContain(problemText('name_not_allowed'))
  expect(page.find<HTMLInputElement>('#work').element.value).toBe('Una serie sobre el cabildo')
})

test('it is revoked with a reason only', async () => {
  const page = await open()
  const revoke = () => page.find('article dialog .button-danger').trigger('click')
  await revoke()
  expect(page.find('#reason-r1-error').text()).toContain(problemText('change_reason_required'))
  await page.find('#reason-r1').setValue('Se otorgó por error.')
  await revoke()
  await flushPromises()
  expect(rpc).toHaveBeenLastCalledWith('revoke_recognition', {
    p_id: 'c1',
    p_recognition: 'r1',
    p_reason: 'Se otorgó por error.',
  })
})

test('who only reads grants and revokes nothing, and an ended one has no link to hand over', async () => {
  const ended = { ...one, ended_on: '2026-12-01', revoked_by: 'Coordinación', revoke_reason: 'Error.' }
  const page = await open({ can_grant: false, items: [ended] })
  expect(page.find('.page-bar').exists()).toBe(false)
  expect(page.text()).toContain('Error.')
  expect(page.text()).not.toContain(t('copy'))
  expect(page.find('article > .button-link').exists()).toBe(false)
})

test('the sheet says what is signed, with the label of a demonstration', async () => {
  rpc.mockResolvedValue(desk)
  const page = mount(ReconocimientoView, {
    props: { id: 'c1', recognition: 'r1' },
    global: { plugins: [router()], stubs: { QrCode: { props: ['value'], template: '<p>{{ value }}</p>' } } },
  })
  await flushPromises()
  for (const words of [...TEXT.split('\n').slice(6), t('paper.serial', { serial: '0123456789' }), one.code!])
    expect(page.text()).toContain(words)
})
