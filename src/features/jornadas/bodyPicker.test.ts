// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { JornadaDetails, Registry } from './registration'
import BodyPicker from './BodyPicker.vue'

const registry: Registry = {
  classes: [
    { key: 'ayuntamiento', name: 'Ayuntamiento' },
    { key: 'fideicomiso', name: 'Fideicomiso' },
  ],
  items: [
    ['a', 'Ayuntamiento de Nezahualcóyotl', null, 'ayuntamiento'],
    ['b', 'Ayuntamiento de Valle de Bravo', null, 'ayuntamiento'],
    ['c', 'Instituto de Salud del Estado de México', 'I. S. E. M.', 'ayuntamiento'],
    ['d', 'Fideicomiso de ejemplo para becas', null, 'fideicomiso'],
    ['e', 'Organismo de Agua', 'OA', 'ayuntamiento', '15110'],
  ].map(([id, name, acronym, class_key, municipality = null]) => ({
    id,
    name,
    acronym,
    class_key,
    municipality,
  })),
} as unknown as Registry
const details = {
  groups: [{ id: 'g', name: 'Grupo 2', class_keys: ['ayuntamiento'] }],
  jornadas: [],
} as JornadaDetails

async function open(typed: string) {
  const municipalities = [{ cve: '15110', name: 'Valle de Bravo' }]
  const picker = mount(BodyPicker, {
    props: { id: 'body', registry, details, municipalities, chosen: '' },
  })
  await picker.find('input').setValue(typed)
  return picker
}

test.each([
  ['nesaualcoyotl', 'Ayuntamiento de Nezahualcóyotl'],
  ['valledebravo', 'Ayuntamiento de Valle de Bravo'],
  ['baye de brabo', 'Ayuntamiento de Valle de Bravo'],
  ['isem', 'Instituto de Salud del Estado de México (I. S. E. M.)'],
  ['agua valle', 'Organismo de Agua (OA)'],
  ['ayto. neza', 'Ayuntamiento de Nezahualcóyotl'],
])('a search for «%s» finds %s, and a tap chooses it', async (typed, name) => {
  const picker = await open(typed)
  const option = picker.find('[role=option]')
  expect(option.find('strong').text()).toBe(name)
  expect(option.find('.choice-hint').text()).toContain('Grupo 2')
  await option.trigger('click')
  expect(picker.emitted('choose')).toMatchObject([[{ name: name.replace(/ \(.*/u, '') }]])
  expect(picker.find('input').element.value).toBe('')
})

test('a body whose class has no group is shown with the reason and cannot be chosen', async () => {
  const picker = await open('fideicomizo becas')
  const option = picker.find('[role=option]')
  expect(option.attributes('aria-disabled')).toBe('true')
  expect(option.text()).toContain('su tipo de institución no tiene grupo asignado')
  await option.trigger('click')
  expect(picker.emitted('choose')).toBeUndefined()
})

test('a search without results says what to do', async () => {
  const picker = await open('zzzzzz')
  expect(picker.find('[role=status]').text()).toContain(
    'Si la suya no aparece, use «Mi institución no aparece» o escriba al contacto de ayuda.',
  )
})
