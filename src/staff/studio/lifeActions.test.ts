// @vitest-environment happy-dom
/** What a coordinator does to a published campaign, with a server that a test plays. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { computed, shallowRef } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Fault } from '@/domain/fault'
import LifeActions from './LifeActions.vue'
import type { Studio } from './useStudio'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const CAMPAIGN = {
  id: 'c',
  kind: 'propuestas',
  published: true,
  publish_at: null,
  paused: null,
  retired: false,
  people: { all: 12, by_mail: 8 },
  version: 4,
  events: [],
}
const DATES = {
  opens_at: '2026-11-05T00:00:00-06:00',
  closes_at: '2026-11-13T23:59:59-06:00',
  grace_hours: 48,
  inputs_on: null,
  results_on: null,
  answer_by: '2026-11-28',
  milestones: [],
}

const run = vi.fn<() => void>()
const showModal = vi.fn<() => void>()
let shown: VueWrapper
beforeEach(() => {
  vi.resetAllMocks()
  HTMLDialogElement.prototype.showModal = showModal
})
afterEach(() => {
  shown.unmount()
  vi.useRealTimers()
})

function open(day: string, change: object = {}) {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${day}T12:00:00-06:00`) })
  const campaign = shallowRef({ ...CAMPAIGN, ...change })
  const studio = {
    campaign,
    editors: new Map([['fechas', { answer: computed(() => ({ public: DATES })) }]]),
    take: (next: object) => (campaign.value = { ...campaign.value, ...next }),
    run,
  }
  shown = mount(LifeActions, { props: { studio: studio as unknown as Studio }, attachTo: document.body })
}
const labels = () => shown.findAll('.life-acts button').map((button) => button.text())
const choose = (label: string) =>
  shown
    .findAll('.life-acts button')
    .find((button) => button.text() === label)!
    .trigger('click')
async function confirm() {
  await shown.find('dialog .dialog-actions button').trigger('click')
  await flushPromises()
}

test('an open campaign is paused with a reason and an end, and the dialog says who learns of it', async () => {
  open('2026-11-07')
  expect(labels()).toEqual(['Pausar la recepción', 'Cerrar antes', 'Retirar de la lista'])
  await choose('Pausar la recepción')
  await flushPromises()
  expect(showModal).toHaveBeenCalledOnce()
  expect(shown.find('dialog').text()).toContain('Quién se entera')
  expect(shown.find('dialog').text()).toContain('Nadie recibe correo')
  expect(shown.find('dialog').text()).toContain('llega durante 48 horas')
  await confirm()
  expect(shown.find('dialog [role=alert]').text()).not.toBe('')
  expect(rpc).not.toHaveBeenCalled()
  await shown.find('#life-reason').setValue(' Corregimos el aviso. ')
  await shown.find('#life-day').setValue('2026-11-09')
  const paused = {
    from: '2026-11-07T12:00:10-06:00', // the server's clock is ahead of this device's
    until: '2026-11-09T09:00:00-06:00',
    received_until: '',
    reason: 'Corregimos el aviso.',
  }
  rpc.mockResolvedValueOnce({ paused, version: 5, events: [{ at: paused.from }] })
  await confirm()
  expect(rpc).toHaveBeenCalledWith('pause_convocatoria', {
    p_id: 'c',
    p_version: 4,
    p_reason: 'Corregimos el aviso.',
    p_until: '2026-11-09T09:00:00-06:00',
  })
  expect(shown.find('dialog').exists()).toBe(false)
  expect(shown.text()).toContain('Se reanuda sola el lunes 9 de noviembre de 2026, 09:00')
  expect(labels()).toEqual([
    'Reanudar la recepción',
    'Cambiar la pausa',
    'Cerrar antes',
    'Retirar de la lista',
  ])
})

test('retiring writes to everybody who left an address', async () => {
  open('2026-11-07')
  await choose('Retirar de la lista')
  expect(shown.find('dialog').text()).toContain(
    '8 personas que participaron y dejaron correo reciben una carta.',
  )
})

test('reopening asks for a closing, and writes to authors only where the day of the answer moves', async () => {
  open('2026-11-20')
  await choose('Volver a abrir')
  expect(shown.find('dialog').text()).toContain('Nadie recibe correo')
  await shown.find('#life-reason').setValue('Faltó tiempo.')
  await confirm()
  expect(rpc).not.toHaveBeenCalled()
  await shown.find('#life-day').setValue('2026-12-01')
  await shown.find('#life-answer').setValue('2026-12-18')
  expect(shown.find('dialog').text()).toContain('8 personas')
  rpc.mockResolvedValueOnce({})
  await confirm()
  expect(rpc).toHaveBeenCalledWith('reopen_convocatoria', {
    p_id: 'c',
    p_version: 4,
    p_reason: 'Faltó tiempo.',
    p_closes_at: '2026-12-01T23:59:59-06:00',
    p_answer_by: '2026-12-18',
  })
})

test('a campaign that somebody else changed meanwhile is read again, and what was written stays', async () => {
  open('2026-11-07')
  await choose('Cerrar antes')
  await shown.find('#life-reason').setValue('Se acabaron los recursos.')
  rpc.mockRejectedValueOnce(new Fault('conflict', false))
  await confirm()
  expect(run).toHaveBeenCalledOnce()
  expect(shown.find('dialog [role=alert]').text()).toMatch(/^Alguien más cambió la campaña/u)
  expect((shown.find('#life-reason').element as HTMLTextAreaElement).value).toBe('Se acabaron los recursos.')
})

test('a campaign that has not opened has no acts here', () => {
  open('2026-11-01')
  expect(shown.text()).toBe('')
})
