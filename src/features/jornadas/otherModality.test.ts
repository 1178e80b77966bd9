// @vitest-environment happy-dom
/** A day in both modalities on a phone: its words, the choice in the form, and going over to the other one. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { Fault } from '@/domain/fault'
import { emptyAnswers, readAnswers } from './answers'
import { asAttended, bothSeats, placeWords } from './days'
import OtherModality from './OtherModality.vue'
import type { Jornada, Seat } from './registration'

const { rpc, syncMine } = vi.hoisted(() => ({
  rpc: vi.fn<(name: string, args: object) => Promise<unknown>>(),
  syncMine: vi.fn<() => Promise<void>>(),
}))
vi.mock('@/data/rpc', () => ({ rpc }))
vi.mock('@/sync/start', () => ({ syncMine }))
vi.mock('@/data/items', () => ({ getItem: async () => ({ secret: 's3' }) }))
beforeEach(() => {
  rpc.mockReset().mockResolvedValue({ status: 'confirmed', place: null })
  syncMine.mockReset().mockResolvedValue()
})

const day = {
  id: 'd',
  title: 'Primera Jornada',
  place: 'Auditorio',
  address: 'Calle 1',
  modality: 'presencial',
  capacity: 40,
  seats_left: 0,
  online: { capacity: 100, seats_left: 60 },
} as Jornada

test('the words say the seats of each modality, and the day of a seat online has no place', () => {
  expect(placeWords(day)).toBe('Auditorio · presencial y en línea')
  expect(bothSeats(day)?.map(({ words }) => words)).toEqual([
    'En persona: Lleno: hay lista de espera',
    'En línea: Quedan 60 o más',
  ])
  const online = asAttended(day, { online: true })
  expect(placeWords(online)).toBe('En línea')
  expect(online.address).toBeNull()
  expect(placeWords(asAttended(day, {}))).toBe('Auditorio · presencial')
})

test('a draft of before attends in person, and what was chosen online is read again', () => {
  const { online_ids: _, ...before } = emptyAnswers()
  expect(readAnswers(before).online_ids).toEqual([])
  expect(readAnswers({ ...before, online_ids: ['d', 7] }).online_ids).toEqual(['d'])
})

function open(seat: Partial<Seat>) {
  const whole = { jornada_id: 'd', status: 'confirmed', ...seat } as Seat
  return mount(OtherModality, {
    props: { submission: 's', folio: 'JO-2026-000001-2', seat: whole, day },
    attachTo: document.body,
  })
}
const confirm = async (page: ReturnType<typeof open>) => {
  await page.get('button').trigger('click')
  const yes = page.findAll('button').find((one) => one.text() === 'Sí, cambiar')!
  await yes.trigger('click')
  await flushPromises()
}

test('after the question the server is asked with the folio’s secret, and the row is read again', async () => {
  const page = open({})
  await confirm(page)
  expect(rpc.mock.calls[0]!.slice(0, 2)).toEqual([
    'change_modality',
    { p_folio: 'JO-2026-000001-2', p_secret: 's3', p_jornada: 'd', p_online: true },
  ])
  expect(syncMine).toHaveBeenCalledOnce()
  expect(page.get('[role=status]').text()).toContain('Listo')
})

test('whoever waits reads that the turn is left, and who is online goes back to the place', async () => {
  const page = open({ status: 'waiting', place: 3, online: true })
  expect(page.text()).toContain('Prefiero asistir en persona')
  await confirm(page)
  expect(page.text()).toContain('Deja su turno en esta lista.')
  expect(rpc.mock.calls[0]![1]).toMatchObject({ p_online: false })
})

test.each([
  ['no_free_seat', 'Ya no hay un lugar libre. Conserva el que tiene.'],
  ['offline', 'No hay señal o el sistema no respondió. Intente otra vez: repetirlo no hace nada dos veces.'],
  ['timeout', 'No hay señal o el sistema no respondió. Intente otra vez: repetirlo no hace nada dos veces.'], // the change may be made: nothing is said about it
])('after %s the card stays and says what is known', async (code, words) => {
  rpc.mockRejectedValue(new Fault(code, false))
  const page = open({})
  await confirm(page)
  expect(page.get('[role=alert]').text()).toBe(words)
  expect(syncMine).not.toHaveBeenCalled()
})
