// @vitest-environment happy-dom
/** A card from an assembly: it leads to its folio once the server has it, and says so before. */
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { cardLink, cardOf } from '@/campaign/card/card'
import { newSecret } from '@/campaign/form/secret'
import { Fault } from '@/domain/fault'
import words from '@/i18n/es-MX/tarjeta.json'
import { hideFragment } from '../arrivedLink'
import TarjetaView from './TarjetaView.vue'

const rpc = vi.hoisted(() => vi.fn())
vi.mock('@/data/rpc', () => ({ rpc }))

const FOLIO = 'PR-2026-000001-0'
const page = { template: '<p />' }
const answerOf = (changes?: object[]) => ({ now: '', epoch: '1', watermark_age: 0, pulls: [{ changes }] })
async function open(arrived: string | null) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['/tarjeta', '/folio', '/envios'].map((path) => ({ path, component: page })),
  })
  await router.push('/tarjeta')
  const past = { state: null, replaceState: () => undefined } as unknown as History
  if (arrived) hideFragment(arrived, { pathname: '/tarjeta' } as Location, past)
  const screen = mount(TarjetaView, { global: { plugins: [router] } })
  await vi.waitFor(async () => {
    await flushPromises()
    expect(screen.text()).not.toContain(words.opening)
  })
  return { screen, router }
}
beforeEach(() => void rpc.mockReset())

test('asks for the submission that is made from its key, and opens it by its folio', async () => {
  const key = newSecret()
  rpc.mockResolvedValue(answerOf([{ op: 'put', entity: 'submission', id: '1', row: { folio: FOLIO } }]))
  const { router } = await open(`#${key}`)
  const { id } = await cardOf(key)
  const pulls = [{ scope: 'mine', id, secret: key, cursor: null }]
  expect(rpc).toHaveBeenCalledWith('pull_changes', { pulls }, expect.anything())
  await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe(`/folio#${FOLIO}.${key}`))
})

test('that the server does not have yet says so, and can be tried again', async () => {
  rpc.mockResolvedValue(answerOf())
  const { screen, router } = await open(`#${newSecret()}`)
  expect(screen.text()).toContain(words.missing)
  expect(router.currentRoute.value.path).toBe('/tarjeta')
  await screen.get('button.button').trigger('click')
  await vi.waitFor(() => expect(rpc).toHaveBeenCalledTimes(2))
})

test('without signal keeps the key on the screen', async () => {
  rpc.mockRejectedValue(new Fault('offline', true))
  const { screen } = await open(`#${newSecret()}`)
  expect(screen.find('[role=alert]').exists()).toBe(true)
  expect(screen.text()).toContain(words.again)
})

test('a key that is incomplete asks for it again, and what is typed opens too', async () => {
  const { screen } = await open('#AbC')
  expect(screen.text()).toContain(words.unreadable)
  rpc.mockResolvedValue(answerOf())
  await screen.get('#card-key').setValue(cardLink('https://participa.example', newSecret()))
  await screen.get('form').trigger('submit')
  await vi.waitFor(() => expect(rpc).toHaveBeenCalledOnce())
})
