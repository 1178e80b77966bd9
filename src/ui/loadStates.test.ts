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
}
const open = (state: LoadState, hasValue = false) =>
  mount(LoadStates, {
    props: { state, hasValue, lines: 3, words, retry: 'Reintentar' },
    slots: { offline: 'Quedan 2 sin enviar', missing: 'Al inicio', expired: 'Entrar', empty: 'Escribe una' },
  })

test('room is held only until there is something to show', () => {
  expect(open('waiting').findAll('.skeleton-line')).toHaveLength(3)
  expect(open('waiting', true).find('.skeleton').exists()).toBe(false)
  expect(open('ready').text()).toBe('')
})

test.each<[LoadState, string, string, boolean]>([
  ['offline', 'Sin señal', 'Quedan 2 sin enviar', true],
  ['failed', 'No se pudo', 'Falló.', true],
  ['missing', 'No está', 'Al inicio', false],
  ['expired', 'Terminó tu sesión', 'Entrar', false],
])(
  '%s is announced with its way out, also above what was read before',
  async (state, title, way, canRetry) => {
    for (const hasValue of [false, true]) {
      const states = open(state, hasValue)
      const told = states.find('[role=status]')
      expect(told.text()).toContain(title)
      expect(told.text()).toContain(way)
      expect(states.find('.skeleton').exists()).toBe(false)
      expect(states.find('button').exists()).toBe(canRetry)
      if (canRetry) await states.find('button').trigger('click')
      expect(states.emitted('retry') ?? []).toHaveLength(canRetry ? 1 : 0)
    }
  },
)

test('none at all is said with the first step, not while it is still coming', async () => {
  const states = open('ready')
  await states.setProps({ empty: { title: 'Aún no hay', text: 'Nada.', icon: 'bubble' } })
  expect(states.find('h2').text()).toBe('Aún no hay')
  expect(states.text()).toContain('Escribe una')
  await states.setProps({ state: 'waiting' })
  expect(states.find('h2').exists()).toBe(false)
})
