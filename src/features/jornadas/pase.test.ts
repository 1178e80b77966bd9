// @vitest-environment happy-dom
/** The pass on a phone: what its code says, and how it is kept outside the app without signal. */
import 'fake-indexeddb/auto'
import { mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db } from '@/data/db'
import '@/features/kinds'
import messages from '@/i18n/es-MX/jornadas.json'
import { passText } from '../../../supabase/functions/_shared/signed/passText'
import PaseView from './PaseView.vue'

const { pictureOfQr, downloadFile } = vi.hoisted(() => ({ pictureOfQr: vi.fn(), downloadFile: vi.fn() }))
vi.mock('@/sync/watchSubmission', () => ({ watchSubmission: () => () => undefined }))
vi.mock('@/campaign/submission/qrPicture', () => ({ pictureOfQr }))
vi.mock('@/campaign/submission/ownData', () => ({ downloadFile }))

const FOLIO = 'JO-2026-000042-6'
const SEAT = { jornada_id: 'd1', status: 'confirmed', pass_code: 'a1b2' }
const SIGNED = '12'.repeat(109)

beforeEach(async () => {
  setActivePinia(createPinia())
  pictureOfQr.mockReset()
  downloadFile.mockReset()
  await Promise.all(db.tables.map((table) => table.clear()))
})

async function open(seat: object, modality = 'presencial') {
  const row = {
    id: 's1',
    kind: 'jornadas',
    convocatoria_id: 'c1',
    state: 'received',
    version: 1,
    messages: [],
    folio: FOLIO,
    display_name: 'Ana Prueba',
    content: { body_name: 'Ayuntamiento', seats: [seat] },
  }
  const day = {
    id: 'd1',
    title: 'Primera',
    on_day: '2026-12-08',
    starts_at: null,
    place: 'Auditorio',
    modality,
  }
  const campaign = { id: 'c1', kind: 'jornadas', details: { groups: [], jornadas: [day] } }
  const item = { id: 's1', kind: 'jornadas', convocatoria_id: 'c1', title: 'x', secret: 'abc' }
  await db.items.put({ ...item, folio: FOLIO, created_at: '' })
  await db.base.bulkPut([
    { scope: 'mine:s1', entity: 'submission', id: 's1', row },
    { scope: 'public', entity: 'convocatoria', id: 'c1', row: campaign },
  ])
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:x(.*)*', component: {} }],
  })
  const QrCode = { name: 'QrCode', props: ['value'], template: '<svg />' }
  const screen = mount(PaseView, {
    props: { id: 's1', jornada: 'd1' },
    global: { plugins: [router], stubs: { RouterLink: RouterLinkStub, QrCode } },
  })
  await vi.waitFor(() => expect(screen.find('.skeleton').exists()).toBe(false))
  const button = (text: string) => screen.findAll('button').find((one) => one.text() === text)
  const code = () => screen.findComponent(QrCode).props('value') as string
  return { screen, button, code }
}

test('the code is the signed pass, and until it is signed folio, day and secret', async () => {
  expect((await open(SEAT)).code()).toBe(`CONVOCA:${FOLIO}:d1:a1b2`)
  expect((await open({ ...SEAT, pass_signed: SIGNED })).code()).toBe(passText(SIGNED))
})

test('the pass is saved as a picture that says day, place, name and folio', async () => {
  const blob = new Blob()
  pictureOfQr.mockResolvedValue(blob)
  const { button } = await open({ ...SEAT, pass_signed: SIGNED })
  await button(messages['pass.picture'])!.trigger('click')
  await vi.waitFor(() => expect(downloadFile).toHaveBeenCalledWith(`${FOLIO}.png`, blob))
  const [svg, lines] = pictureOfQr.mock.calls[0] as [Element, string[]]
  expect(svg.tagName.toLowerCase()).toBe('svg')
  expect(lines.join('|')).toMatch(/Primera\|.*diciembre.*\|.*Auditorio.*\|Ana Prueba\|JO-2026-000042-6/u)
})

test('a browser that cannot draw says so, and paper is offered beside it', async () => {
  pictureOfQr.mockRejectedValue(new Error('no canvas'))
  const print = vi.fn()
  vi.stubGlobal('print', print)
  const { screen, button } = await open(SEAT)
  await button(messages['pass.picture'])!.trigger('click')
  await vi.waitFor(() => expect(screen.text()).toContain(messages['pass.picture.failed']))
  await button(messages['pass.print'])!.trigger('click')
  expect(print).toHaveBeenCalledOnce()
})

test('a day online has no code to keep', async () => {
  const { screen, button } = await open(SEAT, 'virtual')
  expect(screen.text()).toContain(messages['pass.online'])
  expect(button(messages['pass.picture'])).toBeUndefined()
})

test('a pass that was used neither offers a reminder nor says to show it', async () => {
  const offered = ({ screen, button }: Awaited<ReturnType<typeof open>>) => [
    !!button(messages['pass.calendar']),
    screen.text().includes(messages['pass.offline']),
  ]
  expect(offered(await open(SEAT))).toEqual([true, true])
  expect(offered(await open({ ...SEAT, status: 'attended' }))).toEqual([false, false])
})
