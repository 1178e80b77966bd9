// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { reactive, ref } from 'vue'
import { expect, test, vi } from 'vitest'
import { emptyDay, type GroupsData } from './days'
import GroupsSection from './GroupsSection.vue'

vi.mock('../../useRegistry', () => ({ useRegistry: () => ({ value: ref(null), state: ref('ready') }) }))

test('a group with public days has no way out, and any other has', () => {
  const groups = ['public', 'new'].map((id) => ({ id, name: id, classes: [] }))
  const editor = mount(GroupsSection, {
    props: {
      data: reactive<GroupsData>({ groups }),
      context: {
        id: 'campaign',
        published: true,
        holidays: new Set<string>(),
        notices: [],
        permissions: [],
        institution: null,
        kindNotice: undefined,
        dataOf: () => ({}),
        publicOf: (section: string) => (section === 'jornadas' ? { days: [emptyDay('public')] } : null),
        problemsOf: () => [],
      },
      problemOf: () => undefined,
    },
  })
  const removals = editor
    .findAll('fieldset')
    .map((group) => group.findAll('button').filter((button) => button.text() === 'Quitar este grupo').length)
  expect(removals).toEqual([0, 1])
})
