// @vitest-environment happy-dom
/** The page of a constancia, from before it is asked for until it is revoked. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import axe from 'axe-core'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db } from '@/data/db'
import { useInstitutionStore } from '@/data/institutionStore'
import type { Bootstrap } from '@/domain/rows'
import '@/features/kinds'
import messages from '@/i18n/es-MX/constancia.json'
import refusals from '@/i18n/es-MX/refusals.json'
import { toBase64url } from '../../../supabase/functions/_shared/signed/base64url'
import type { ConstanciaRule, IssuedConstancia } from './constancia'
import ConstanciaView from './ConstanciaView.vue'

vi.mock('@/sync/watchSubmission', () => ({ watchSubmission: () => () => undefined }))
const fetched = vi.fn<typeof fetch>()
vi.stubGlobal('fetch', fetched)

const LABEL = 'Demostración: texto sin validez'
const TEXT = `convoca:constancia:1\n2026-06-01\n0123456789\n7\n2026-11-22\nÑandú Pérez\n2026-11-20\n120\nTaller\nInstituto\n${LABEL}`
const ISSUED: IssuedConstancia = {
  serial: '0123456789',
  issued_on: '2026-11-22',
  ended_on: null,
  ended_as: null,
  code: `${toBase64url(new TextEncoder().encode(TEXT))}.AAAA`,
}

beforeEach(async () => {
  setActivePinia(createPinia())
  fetched.mockReset()
  await Promise.all(db.tables.map((table) => table.clear()))
})

async function open(
  constancia: IssuedConstancia | undefined,
  rule: ConstanciaRule | undefined,
  status = 'attended',
) {
  const row = {
    id: 's1',
    kind: 'jornadas',
    convocatoria_id: 'c1',
    state: 'received',
    version: 3,
    messages: [],
    content: {
      body_name: 'Ayuntamiento',
      seats: [{ jornada_id: 'd1', status }],
      ...(constancia && { constancia }),
    },
  }
  const campaign = {
    id: 'c1',
    kind: 'jornadas',
    details: { groups: [], jornadas: [], ...(rule && { constancia: rule }) },
  }
  const base = { scope: 'mine:s1', entity: 'submission', id: 's1', row }
  await db.items.put({
    id: 's1',
    kind: 'jornadas',
    convocatoria_id: 'c1',
    title: 'x',
    secret: 'abc',
    folio: 'JO-1',
    created_at: '',
  })
  await db.base.bulkPut([base, { scope: 'public', entity: 'convocatoria', id: 'c1', row: campaign }])
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:x(.*)*', component: { template: '<i/>' } }],
  })
  const screen = mount(ConstanciaView, {
    props: { id: 's1' },
    global: { plugins: [router], stubs: { RouterLink: RouterLinkStub } },
  })
  await vi.waitFor(() => expect(screen.find('.skeleton').exists()).toBe(false))
  return screen
}
const button = (screen: Awaited<ReturnType<typeof open>>, text: string) =>
  screen.findAll('button').find((one) => one.text() === text)

test('somebody who attended asks for theirs with the secret of their registration', async () => {
  fetched.mockResolvedValue(new Response('{"serial":"0123456789"}'))
  const screen = await open(undefined, { rule: 'hours', hours: 4 })
  expect(screen.text()).toContain('La recibe quien asiste al menos 4 horas.')
  await button(screen, messages.ask)!.trigger('click')
  await flushPromises()
  const [url, init] = fetched.mock.calls[0]!
  expect(String(url)).toMatch(/\/functions\/v1\/sign$/u)
  expect(JSON.parse(String(init!.body))).toEqual({ document: 'constancia', id: 's1', secret: 'abc' })
})

test('a refusal is said on the page', async () => {
  const body = { code: 'PT409', message: 'constancia_not_earned', details: '', hint: null }
  fetched.mockResolvedValue(new Response(JSON.stringify(body), { status: 409 }))
  const screen = await open(undefined, { rule: 'all', hours: null })
  await button(screen, messages.ask)!.trigger('click')
  await vi.waitFor(() => expect(screen.find('[role=alert]').text()).toBe(refusals.constancia_not_earned))
})

test.each<[string, ConstanciaRule | undefined, string]>([
  ['whoever did not attend', { rule: 'day', hours: null }, 'confirmed'],
  ['a campaign without constancias', undefined, 'attended'],
])('%s is offered none', async (_, rule, status) => {
  const screen = await open(undefined, rule, status)
  expect(screen.text()).toContain(messages['none.title'])
  expect(button(screen, messages.ask)).toBeUndefined()
})

test('an issued constancia waits for its signature, then shows its words, folio and code to print', async () => {
  const waiting = await open({ ...ISSUED, code: null }, { rule: 'day', hours: null })
  expect(waiting.get('[role=status]').text()).toContain(messages['signing.title'])
  const print = vi.fn()
  vi.stubGlobal('print', print)
  const screen = await open(ISSUED, { rule: 'day', hours: null })
  for (const part of [
    'Ñandú Pérez',
    'Taller',
    '2 h',
    'Folio 0123456789',
    LABEL,
    'No es una firma electrónica avanzada',
  ])
    expect(screen.get('.paper').text()).toContain(part)
  expect(screen.find('.paper svg.qr').exists()).toBe(true)
  await button(screen, messages.print)!.trigger('click')
  expect(print).toHaveBeenCalledOnce()
})

test('a revoked constancia shows no sheet and cannot be printed', async () => {
  const screen = await open(
    { ...ISSUED, ended_on: '2026-11-25', ended_as: 'revoked' },
    { rule: 'day', hours: null },
  )
  expect(screen.get('[role=status]').text()).toContain('el miércoles 25 de noviembre de 2026')
  expect(screen.find('.paper').exists()).toBe(false)
  expect(button(screen, messages.print)).toBeUndefined()
})

test('the sheet has the institution’s logo, also without signal once this phone saw it', async () => {
  const institution = { name: 'Instituto', logo: { hash: 'a1', width: 200, height: 96 } }
  useInstitutionStore().take({ institution } as Bootstrap)
  const files = { hash: 'a1', header: btoa('header'), icon: btoa('icon') }
  localStorage.setItem('convoca.logo', JSON.stringify(files))
  fetched.mockRejectedValue(new TypeError('offline'))
  const screen = await open(ISSUED, { rule: 'day', hours: null })
  await vi.waitFor(() => expect(screen.get('.paper-logo').attributes('src')).toMatch(/^blob:/u))
  localStorage.clear()
  const unseen = await open(ISSUED, { rule: 'day', hours: null })
  expect(unseen.find('.paper-logo').exists()).toBe(false)
})

test.each([
  ['nothing issued', undefined],
  ['the sheet', ISSUED],
  ['a revoked one', { ...ISSUED, ended_on: '2026-11-25', ended_as: 'revoked' } as const],
])('axe finds nothing on the page with %s', async (_, constancia) => {
  const screen = await open(constancia, { rule: 'day', hours: null })
  document.body.replaceChildren(screen.element)
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
})
