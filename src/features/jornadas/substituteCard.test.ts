// @vitest-environment happy-dom
/** What a person does with a seat by a direct call: somebody else attends, and a session online is opened. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Sent } from '@/campaign/submission/sent'
import { Fault } from '@/domain/fault'
import JoinSession from './JoinSession.vue'
import type { Jornada, RegistrationContent } from './registration'
import SubstituteCard from './SubstituteCard.vue'

const { rpc, syncMine } = vi.hoisted(() => ({
  rpc: vi.fn<(name: string, args: { p_data?: object }) => Promise<unknown>>(),
  syncMine: vi.fn<() => Promise<void>>(),
}))
vi.mock('@/data/rpc', () => ({ rpc }))
vi.mock('@/sync/start', () => ({ syncMine }))
vi.mock('@/data/items', () => ({ getItem: async () => ({ secret: 's3' }) }))
beforeEach(() => {
  rpc.mockReset()
  syncMine.mockReset().mockResolvedValue()
})

const days = [
  { id: 'd1', title: 'Primera Jornada' },
  { id: 'd2', title: 'Segunda Jornada' },
]
function card() {
  const sent = { id: 's', folio: 'JO-2026-000001-2' } as unknown as Sent<Partial<RegistrationContent>>
  const page = mount(SubstituteCard, { props: { sent, days } })
  const fill = async () => {
    await page.get('#other-name').setValue('Berta Ruiz')
    await page.get('#other-post').setValue('Jefa de archivo')
    await page.get('#other-email').setValue('berta@edomex.gob.mx')
    await page.get('#other-knows').setValue(true)
  }
  const pass = async () => {
    await page.get('form').trigger('submit')
    await flushPromises()
  }
  return { page, fill, pass }
}

test('nothing is sent until the other person is named and knows, and every field says what it lacks', async () => {
  const { page, pass } = card()
  await pass()
  expect(rpc).not.toHaveBeenCalled()
  for (const words of ['Escriba el nombre de quien asistirá.', 'Avísele antes y marque esta casilla.'])
    expect(page.text()).toContain(words)
  await page.get('#other-d1').setValue(false)
  await page.get('#other-d2').setValue(false)
  expect(page.text()).toContain('Elija al menos un día.')
})

test('the days that are chosen pass on, a repeated try has the same id, and the page says whose the seat is', async () => {
  const { page, fill, pass } = card()
  await fill()
  await page.get('#other-d1').setValue(false)
  rpc.mockRejectedValueOnce(new Fault('offline', true)).mockResolvedValueOnce({ substituted: true })
  await pass()
  expect(page.text()).toContain('lo que escribió sigue aquí')
  await pass()
  const [first, second] = rpc.mock.calls.map(([, args]) => args.p_data)
  expect(second).toEqual(first)
  expect(second).toMatchObject({
    display_name: 'Berta Ruiz',
    email: 'berta@edomex.gob.mx',
    jornada_ids: ['d2'],
  })
  expect(page.get('[role=status]').text()).toContain('Su lugar ya es de Berta Ruiz')
  expect(syncMine).toHaveBeenCalledOnce()
})

test('a refusal is said in words and keeps what was typed', async () => {
  const { page, fill, pass } = card()
  await fill()
  rpc.mockRejectedValue(new Fault('jornada_past', false))
  await pass()
  expect(page.get('[role=alert]').text()).toContain('ya empezó')
  expect((page.get('#other-name').element as HTMLInputElement).value).toBe('Berta Ruiz')
})

const HOUR = 3_600_000
function session(startsIn: number, props: { link?: string; attended?: boolean } = {}) {
  const starts_at = new Date(Date.now() + startsIn).toISOString()
  const day = { id: 'd', on_day: '2026-12-08', starts_at } as Jornada
  const whole = { submission: 's', folio: 'JO-2026-000001-2', day, link: null, attended: false, ...props }
  return mount(JoinSession, { props: whole })
}

test('earlier than an hour before there is no link and no button, and the page says from when', () => {
  const page = session(2 * HOUR)
  expect(page.text()).toContain('El enlace para entrar se abre el')
  expect(page.findAll('button, a')).toEqual([])
})

test('near the hour a tap notes the arrival and gives the link', async () => {
  rpc.mockResolvedValue({ link: 'https://sala.example/1' })
  const page = session(HOUR / 2)
  expect(page.text()).toContain('Al abrir el enlace queda registrada su asistencia.')
  await page.get('button').trigger('click')
  await flushPromises()
  expect(rpc.mock.calls[0]!.slice(0, 2)).toEqual([
    'join_day',
    { p_folio: 'JO-2026-000001-2', p_secret: 's3', p_jornada: 'd' },
  ])
  expect(page.get('a').attributes('href')).toBe('https://sala.example/1')
  expect(page.text()).toContain('Su asistencia está registrada')
})

test('who is noted opens the link again, and a link on the phone helps where the answer fails', async () => {
  expect(session(0, { link: 'https://sala.example/1', attended: true }).find('button').exists()).toBe(false)
  rpc.mockRejectedValue(new Fault('offline', true))
  const page = session(0, { link: 'https://sala.example/1' })
  expect(page.find('a').exists()).toBe(false)
  await page.get('button').trigger('click')
  await flushPromises()
  expect(page.get('a').attributes('href')).toBe('https://sala.example/1')
  expect(page.get('button').text()).toBe('Intentar otra vez')
})

test.each([
  ['transition_invalid', 'El instituto todavía no pone el enlace.'],
  ['seat_not_confirmed', 'Su lugar en línea no está confirmado'],
])('%s is said in words', async (code, words) => {
  rpc.mockRejectedValue(new Fault(code, false))
  const page = session(0)
  await page.get('button').trigger('click')
  await flushPromises()
  expect(page.get('[role=alert]').text()).toContain(words)
})
