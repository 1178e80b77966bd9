// @vitest-environment happy-dom
import { mount, RouterLinkStub } from '@vue/test-utils'
import { nextTick, reactive } from 'vue'
import { afterEach, expect, test } from 'vitest'
import type { SectionProblem } from '@/domain/campaignDraft'
import type { SectionContext } from '@/staff/studio/section'
import { type DaysData, emptyDay, type StudioDay } from './days'
import DaysSection from './DaysSection.vue'

const GROUP = { id: 'g', name: 'Ayuntamientos', classes: ['ayuntamiento'] }
const dated = (id: string): StudioDay => ({
  ...emptyDay('g'),
  id,
  title: `Jornada ${id}`,
  on_day: '2027-01-12',
})
const lacks = (id: string, end: string): SectionProblem => ({
  field: `day-${id}-${end}`,
  code: 'capacity_required',
  level: 'missing',
})

/** The section on the page, with `published` days public and these problems, none of which its fields show. */
function edit(days: StudioDay[], problems: SectionProblem[] = [], published: StudioDay[] | null = null) {
  const data = reactive<DaysData>({ days })
  const context: SectionContext = {
    id: 'campaign',
    published: !!published,
    holidays: new Set(),
    notices: [],
    permissions: [],
    institution: null,
    kindNotice: undefined,
    dataOf: () => ({ groups: [GROUP] }),
    publicOf: () => published && { days: published },
    problemsOf: () => problems,
  }
  const editor = mount(DaysSection, {
    props: { data, context, problemOf: () => undefined },
    global: { stubs: { RouterLink: RouterLinkStub } },
    attachTo: document.body,
  })
  return { editor, data }
}

afterEach(() => (document.body.innerHTML = ''))

test('a dated day says how much it lacks although none of its fields is shown in red', () => {
  const { editor } = edit([dated('a'), dated('b')], [lacks('a', 'capacity'), lacks('a', 'place')])
  expect(editor.findAll('.day-state').map((state) => state.text())).toEqual(['faltan 2', 'lista'])
})

test('the checklist opens a closed day at the field that it names', async () => {
  edit([dated('a')], [lacks('a', 'capacity')])
  document.getElementById('day-a-capacity')!.focus()
  await nextTick()
  await nextTick()
  const field = document.getElementById('day-a-capacity')
  expect(field).toBeInstanceOf(HTMLInputElement)
  expect(document.activeElement).toBe(field)
})

test('a public day leads to its own page and has no fields here', async () => {
  const { editor } = edit([dated('a')], [], [dated('a')])
  await editor.find('.day-open').trigger('click')
  expect(document.getElementById('day-a-title')).toBeNull()
  expect(editor.findComponent(RouterLinkStub).props('to')).toEqual({
    name: 'staff-reschedule',
    params: { id: 'a' },
  })
})

test('a new day opens with the focus in its title', async () => {
  const { editor, data } = edit([])
  await editor
    .findAll('button')
    .find((button) => button.text() === 'Agregar una jornada')!
    .trigger('click')
  await nextTick()
  expect(document.activeElement?.id).toBe(`day-${data.days![0]!.id}-title`)
})
