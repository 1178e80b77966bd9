// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { LoadState } from '@/domain/loadable'
import LoadStates from './LoadStates.vue'

const words = {
  offline: { title: 'Sin señal', text: 'Vuelve luego.' },
  missing: { title: 'No está', text: 'Se retiró.' },
  failed: { title: 'No se pudo', text: 'Falló.' },
  expired: { title: 'Terminó tu sesión', text: 'Entra otra vez.' },
  denied: { title: 'No es de tu papel', text: 'Pídelo.' },
}
const open = (state: LoadState, hasValue = false) =>
  mount(LoadStates, {
    props: { state, hasValue, lines: 3, words, retry: 'Reintentar' },
    slots: {
      offline: 'Quedan 2 sin enviar',
      missing: 'Al inicio',
      expired: 'Entrar',
      denied: 'A tu parte',
      empty: 'Escribe una',
    },
  })

test('the skeleton is shown only while data loads and none is on screen', () => {
  expect(open('waiting').findAll('.skeleton-line')).toHaveLength(3)
  expect(open('waiting', true).find('.skeleton').exists()).toBe(false)
  expect(open('ready').text()).toBe('')
})

test.each<[LoadState, string, string, boolean]>([
  ['offline', 'Sin señal', 'Quedan 2 sin enviar', true],
  ['failed', 'No se pudo', 'Falló.', true],
  ['missing', 'No está', 'Al inicio', false],
  ['expired', 'Terminó tu sesión', 'Entrar', false],
  ['denied', 'No es de tu papel', 'A tu parte', false],
])(
  'the state %s is announced with what to do, with and without data from an earlier load',
  async (state, title, action, canRetry) => {
    for (const hasValue of [false, true]) {
      const states = open(state, hasValue)
      const status = states.find('[role=status]')
      expect(status.text()).toContain(title)
      expect(status.text()).toContain(action)
      expect(states.find('.skeleton').exists()).toBe(false)
      expect(states.find('button').exists()).toBe(canRetry)
      if (canRetry) await states.find('button').trigger('click')
      expect(states.emitted('retry') ?? []).toHaveLength(canRetry ? 1 : 0)
    }
  },
)

test('the empty state is shown after the load, not while data is loading', async () => {
  const states = open('ready')
  await states.setProps({ empty: { title: 'Aún no hay', text: 'Nada.', icon: 'bubble' } })
  expect(states.find('h2').text()).toBe('Aún no hay')
  expect(states.text()).toContain('Escribe una')
  await states.setProps({ state: 'waiting' })
  expect(states.find('h2').exists()).toBe(false)
})
