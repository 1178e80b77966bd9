// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import ConflictBox from './ConflictBox.vue'

const open = (sides: { mine?: string | false; theirs?: string | false; heading?: 'h3' }) =>
  mount(ConflictBox, {
    props: { title: 'Cambió mientras escribías', text: 'Elige.', ...sides },
    slots: { mine: 'Lo mío.', theirs: 'Lo suyo.', ways: '<button>Dejar lo suyo</button>' },
  })

test('each side of a conflict is a named region, followed by the choices', () => {
  const box = open({ mine: 'Lo tuyo', theirs: 'Lo que hay' })
  const named = box.findAll('section').map((side) => {
    const name = box.find(`[id="${side.attributes('aria-labelledby')}"]`)
    return [name.element.tagName, name.text(), side.text().replace(name.text(), '')]
  })
  expect(named).toEqual([
    ['H2', 'Lo que hay', 'Lo suyo.'],
    ['H2', 'Lo tuyo', 'Lo mío.'],
  ])
  expect(box.find('button').text()).toBe('Dejar lo suyo')
  expect(box.find('.notice').text()).toContain('Cambió mientras escribías')
})

test('a side of a conflict without a title is not shown', () => {
  const box = open({ mine: false, theirs: 'Lo que hay', heading: 'h3' })
  expect(box.findAll('section')).toHaveLength(1)
  expect([box.find('h3').text(), box.text()]).toEqual(['Lo que hay', expect.not.stringContaining('Lo mío.')])
})
