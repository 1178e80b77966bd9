// @vitest-environment happy-dom
/** What people see of a campaign that is paused, retired or under electoral silence, in each kind. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import FormView from '@/campaign/form/FormView.vue'
import { ISLANDS } from '@/campaign/islands'
import { DURING, material } from '@/campaign/testing/material'
import { createDraft } from '@/data/drafts'
import { db } from '@/data/db'
import { useInstitutionStore } from '@/data/institutionStore'
import { listKinds } from '@/domain/kinds'
import type { Bootstrap, Convocatoria } from '@/domain/rows'
import type { Silence } from '@/domain/silence'
import { feature as jornadas } from '../jornadas/feature'
import { feature as propuestas } from '../propuestas/feature'
import { propuestaForm } from '../propuestas/form'
import { feature as videos } from '../videos/feature'
import ConvocatoriaView from './ConvocatoriaView.vue'

vi.mock('@/sync/start', () => ({ syncNow: () => Promise.resolve() }))

const DETAILS = {
  propuestas: null,
  videos: {
    min_s: 15,
    max_s: 180,
    max_bytes: 1e8,
    medium: 'la página',
    licence_until: '2030-12-31',
    pillars: [{ key: 'p', title: 'Transparencia', hint: '¿Qué?' }],
  },
  jornadas: { groups: [], jornadas: [] },
}
type Kind = keyof typeof DETAILS
const KINDS = listKinds().map(({ name }) => name as Kind)

const PAUSED = {
  from: '2026-11-22T12:00:00-06:00',
  until: null,
  received_until: '2026-11-24T12:00:00-06:00',
  reason: 'Corregimos el aviso.',
}
const RETIRED = { at: '2026-11-22T12:00:00-06:00', reason: 'Se aprobó sin competencia.' }
const SUMMARY = 'Ven y participa con tu voz'

let page: VueWrapper | undefined
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: DURING })
  await Promise.all(db.tables.map((table) => table.clear()))
})
afterEach(() => {
  page?.unmount()
  vi.useRealTimers()
})

async function keep(kind: Kind, change: Partial<Convocatoria>) {
  const row = { ...material.convocatoria, summary: SUMMARY, kind, details: DETAILS[kind], ...change }
  await db.base.bulkAdd([
    { scope: 'public', entity: 'convocatoria', id: row.id, row },
    { scope: 'public', entity: 'notice', id: material.notice.id, row: material.notice },
  ] as never)
  return row as Convocatoria
}

async function open(path: string, silence?: Silence) {
  const pinia = createPinia()
  useInstitutionStore(pinia).take({ institution: { silence }, convocatorias: [] } as unknown as Bootstrap)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/c/:slug', component: ConvocatoriaView, props: true },
      {
        path: '/c/:slug/propuesta/:draft/:step',
        component: FormView,
        props: ({ params }) => ({ ...params, form: propuestaForm }),
      },
      { path: '/:rest(.*)*', component: {} },
    ],
  })
  await router.push(path)
  page = mount(RouterView, {
    global: {
      plugins: [pinia, router],
      provide: { [ISLANDS as symbol]: { propuestas, videos, jornadas } },
    },
  })
  await vi.waitFor(() => expect(page!.find('h1').text()).not.toBe('Convocatoria'), { timeout: 20_000 })
  await flushPromises()
  return page
}
const buttons = (shown: VueWrapper) => shown.findAll('button').map((button) => button.text())
const primary = (shown: VueWrapper) => shown.find('.button-primary')

describe.each(KINDS)('the page of a campaign of kind %s', (kind) => {
  test('while it is open invites to take part', async () => {
    await keep(kind, {})
    expect(primary(await open('/c/consulta')).exists()).toBe(true)
  })

  test('in a pause says so and why, and begins nothing new', async () => {
    await keep(kind, { paused: PAUSED })
    const shown = await open('/c/consulta')
    expect(shown.text()).toContain('La recepción está en pausa')
    expect(shown.text()).toContain('Todavía no hay fecha para reanudarla.')
    expect(shown.text()).toContain('Motivo: Corregimos el aviso.')
    expect(shown.text()).toMatch(/no se pierde/u)
    expect(buttons(shown)).toEqual([])
  })

  test('in a pause with an end says when it ends', async () => {
    await keep(kind, { paused: { ...PAUSED, until: '2026-11-25T09:00:00-06:00' } })
    expect((await open('/c/consulta')).text()).toContain(
      'Se reanuda el miércoles 25 de noviembre de 2026, 09:00, hora del centro de México.',
    )
  })

  test('after it was retired says so and why, and begins nothing new', async () => {
    await keep(kind, { closes_at: RETIRED.at, retired: RETIRED })
    const shown = await open('/c/consulta')
    expect(shown.text()).toContain('Esta convocatoria se retiró')
    expect(shown.text()).toContain('Motivo: Se aprobó sin competencia.')
    expect(buttons(shown)).toEqual([])
  })

  test('in electoral silence promotes nothing and keeps rules, notice and a plain way to send', async () => {
    await keep(kind, { published_count: 3 })
    const shown = await open('/c/consulta', { from: '2026-11-20', until: '2026-11-30' })
    expect(shown.text()).toContain('Veda electoral')
    expect(shown.text()).not.toContain(SUMMARY)
    expect(shown.find('a[href$="/galeria"]').exists()).toBe(false)
    expect(primary(shown).exists()).toBe(false)
    expect(shown.text()).toContain('Aviso de privacidad')
    expect(buttons(shown)).toEqual(['Enviar por este medio'])
  })
})

test('the page lists what was done to the campaign since it was published, with its reasons', async () => {
  await keep('propuestas', {
    history: [
      {
        at: '2026-11-23T10:00:00-06:00',
        kind: 'closed',
        reason: 'Se acabaron los recursos.',
        closes_at: '2026-11-23T10:00:00-06:00',
      },
      { at: '2026-11-22T10:00:00-06:00', kind: 'paused', until: '2026-11-22T18:00:00-06:00' },
    ],
  })
  expect((await open('/c/consulta')).find('[aria-labelledby=change-history]').text()).toMatch(
    /Se cerró antes de lo previsto\..*Nuevo cierre: lunes 23 de noviembre de 2026, 10:00.*Motivo: Se acabaron los recursos\..*Se pausó la recepción hasta el domingo 22/u,
  )
})

describe('the form in a pause', () => {
  test('does not begin a new draft, and says why', async () => {
    await keep('propuestas', { paused: PAUSED })
    const shown = await open(`/c/consulta/propuesta/${crypto.randomUUID()}/aviso`)
    expect(shown.find('form').exists()).toBe(false)
    expect(shown.text()).toContain('La recepción está en pausa')
  })

  test('opens a draft that this phone holds', async () => {
    const convocatoria = await keep('propuestas', { paused: PAUSED })
    const id = crypto.randomUUID()
    await createDraft(convocatoria, id)
    expect((await open(`/c/consulta/propuesta/${id}/aviso`)).find('form').exists()).toBe(true)
  })

  test('stays open for who began before the pause arrived on this phone', async () => {
    const convocatoria = await keep('propuestas', {})
    const shown = await open(`/c/consulta/propuesta/${crypto.randomUUID()}/aviso`)
    expect(shown.find('form').exists()).toBe(true)
    const row = { ...convocatoria, paused: PAUSED }
    expect(await db.base.update(['public', 'convocatoria', convocatoria.id], { row })).toBe(1)
    await new Promise((done) => setTimeout(done, 50))
    await flushPromises()
    expect(shown.find('form').exists()).toBe(true)
  })
})
