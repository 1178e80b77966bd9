// @vitest-environment happy-dom
/** What a shift at the door needs beyond arrivals: leaving, walk-ins, and what a colleague left on the phone. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import axe from 'axe-core'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db, type OutboxOp } from '@/data/db'
import type { Convocatoria, Notice } from '@/domain/rows'
import type { DoorLine } from '@/features/jornadas/registration'
import DoorClash from './DoorClash.vue'
import DoorFigures from './DoorFigures.vue'
import DoorList from './DoorList.vue'
import DoorPerson from './DoorPerson.vue'
import DoorWalkIn from './DoorWalkIn.vue'
import LeftBehind from './LeftBehind.vue'
import type { Person, PersonState } from './people'
import type { Door } from './useDoor'
import { answersOf, nothingTyped, problemsOf, type WalkInTyped } from './walkIn'
import { t } from './words'

const line = (name: string, change: Partial<DoorLine> = {}) =>
  ({
    submission_id: name,
    folio: 'JO-2026-000042-7',
    name,
    body: 'Secretaría',
    status: 'confirmed',
    ...change,
  }) as DoorLine
const person = (name: string, state: PersonState, change: Partial<Person> = {}): Person => ({
  line: line(name),
  state,
  at: '2026-11-26T16:00:00Z',
  op: null,
  ...change,
})
const campaign = {
  id: 'c1',
  kind: 'jornadas',
  notice_id: 'n1',
  details: {
    groups: [
      { id: 'g1', name: 'Grupo 1', class_keys: ['poder'] },
      { id: 'g2', name: 'Grupo 2', class_keys: ['ayuntamiento'] },
    ],
    jornadas: [{ id: 'd1', group_id: 'g1', title: 'Primera' }],
  },
} as unknown as Convocatoria
const notice = {
  id: 'n1',
  hash: 'h',
  simplified: ['El Instituto trata sus datos.'],
  consents: [
    { key: 'accessibility', text: 'Guardar mi necesidad', required: false },
    { key: 'list', text: 'Estar en la lista', required: true },
  ],
} as unknown as Notice

/** A machine with other work reads the database later. */
const PATIENCE = { timeout: 10_000 }
const calls = { walkIn: vi.fn(), takeOverNotes: vi.fn() }
const doorOf = (change: object = {}) =>
  ({
    jornadaId: 'd1',
    kept: ref({ at: '2026-11-26T15:40:00Z', list: { jornada: { title: 'Primera', seats_left: 2 } } }),
    people: ref([]),
    stuck: ref([]),
    leftBehind: ref([]),
    canMark: ref(true),
    canUndo: ref(true),
    isExit: ref(false),
    opensAt: ref(null),
    ...calls,
    ...change,
  }) as unknown as Door

const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/puerta/:id', name: 'staff-door-day', component: {} },
    { path: '/:rest(.*)*', component: {} },
  ],
})
const show = (component: object, props: object) =>
  mount(component, { props, global: { plugins: [router], stubs: ['EnterBody'] }, attachTo: document.body })
const problemsIn = async (element: Element) =>
  (
    await axe.run(element, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  ).violations.map(({ id }) => id)

beforeEach(async () => {
  setActivePinia(createPinia())
  document.body.innerHTML = ''
  calls.walkIn.mockReset()
  calls.takeOverNotes.mockReset().mockResolvedValue(1)
  await Promise.all(db.tables.map((table) => table.clear()))
})

describe('the list', () => {
  const people = [
    person('Ana', 'confirmed'),
    person('Beto', 'attended'),
    person('Caro', 'left', { left: '2026-11-26T18:00:00Z' }),
    person('Dora', 'waiting'),
  ]
  test.each([
    [false, true, ['Llegó Ana']],
    [true, true, ['Salió Beto']],
    [false, false, []],
  ])('with the exit %s and the right to note %s has the buttons %j', async (isExit, canNote, expected) => {
    const list = show(DoorList, { people, canNote, isExit })
    const buttons = list.findAll('button')
    expect(buttons.map((one) => one.attributes('aria-label'))).toEqual(expected)
    await buttons[0]?.trigger('click')
    expect(list.emitted('note') ?? []).toHaveLength(expected.length)
    expect(await problemsIn(list.element)).toEqual([])
  })

  test('says of whom two phones noted an arrival, and who came without a registration', () => {
    const clash = [{ at: '2026-11-26T16:00:00Z' }, { at: '2026-11-26T16:05:00Z' }]
    const marked = person('Ana', 'attended', { line: line('Ana', { clash, walk_in: true }) })
    const text = show(DoorList, { people: [marked], canNote: true, isExit: false }).text()
    expect(text).toContain(t('clash.title'))
    expect(text).toContain(t('list.walk_in'))
  })
})

test('a clash names hour, door and member of each note, and which one counts', () => {
  const clash = [
    { at: '2026-11-26T16:00:00Z', by: 'Vera', door: 'Puerta 2' },
    { at: '2026-11-26T16:05:00Z', by: 'Luis', door: 'Puerta 1', folio: 'JO-2026-000050-2' },
  ]
  const items = show(DoorClash, { clash }).findAll('li')
  expect(items.map((one) => one.text())).toEqual([
    'a las 10:00 · Puerta 2 · Vera · es la que cuenta',
    'a las 10:05 · Puerta 1 · Luis · inscripción JO-2026-000050-2',
  ])
})

test('the figures say who is in, left, is expected and waits, and the free seats', () => {
  const people = ref([
    person('a', 'unsent'),
    person('b', 'left'),
    person('c', 'confirmed'),
    person('d', 'waiting'),
  ])
  const words = show(DoorFigures, { door: doorOf({ people }) })
    .findAll('.door-figures > div')
    .map((one) => one.text())
  expect(words).toEqual(['Adentro1', 'Salieron1', 'Por llegar1', 'En espera1', 'Lugares libres2'])
})

describe('a person', () => {
  const open = (state: PersonState, change: object = {}, isExit = false) => {
    const one = person('Ana', state, change)
    return show(DoorPerson, {
      door: doorOf({ personOf: () => one, isExit: ref(isExit) }),
      id: 'Ana',
      busy: false,
      problem: '',
    })
  }
  const acts = (page: ReturnType<typeof open>) =>
    page.findAll('button').flatMap((one) => (one.element.closest('dialog') ? [] : one.text()))
  test.each<[PersonState, boolean, string[]]>([
    ['confirmed', false, [t('person.mark')]],
    ['confirmed', true, [t('person.leave'), t('person.mark')]],
    ['attended', false, [t('person.leave'), t('undo.open')]],
    ['left', false, [t('undo.open_out'), t('person.again')]],
    ['waiting', true, []],
    ['pending', false, [t('ask.pending')]],
  ])('who is «%s», with the exit %s, has the acts %j', async (state, isExit, expected) => {
    const page = open(state, state === 'left' ? { left: '2026-11-26T18:00:00Z' } : {}, isExit)
    expect(acts(page)).toEqual(expected)
    expect(await problemsIn(page.element)).toEqual([])
  })
})

describe('a person with a seat online', () => {
  const open = (isExit = false) => {
    const one = person('Ana', 'confirmed')
    const online = { ...one, line: { ...one.line, online: true } }
    return show(DoorPerson, {
      door: doorOf({ personOf: () => online, isExit: ref(isExit) }),
      id: 'Ana',
      busy: false,
      problem: '',
    })
  }
  test('is asked about: here, or attended online, and cannot leave what they did not enter', async () => {
    const page = open()
    expect(page.text()).toContain(t('person.online'))
    const [watched, here] = page.findAll('button').filter((one) => !one.element.closest('dialog'))
    expect([watched!.text(), here!.text()]).toEqual([t('person.was_online'), t('ask.online')])
    await watched!.trigger('click')
    await here!.trigger('click')
    expect(page.emitted('mark')).toMatchObject([[{ online: true }, true], [{ online: true }]])
    expect(open(true).text()).not.toContain(t('person.leave'))
  })
})

describe('what a colleague left on this phone', () => {
  test('is counted, and one tap sends it; nothing is shown without any', async () => {
    expect(show(LeftBehind, { door: doorOf() }).text()).toBe('')
    const ops = [{ op_id: '1' }, { op_id: '2' }] as OutboxOp[]
    const box = show(LeftBehind, { door: doorOf({ leftBehind: ref(ops) }) })
    expect(box.text()).toContain(t('left.title', { count: 2 }))
    await box.get('button').trigger('click')
    expect(calls.takeOverNotes).toHaveBeenCalledExactlyOnceWith(ops)
  })
})

describe('somebody without a registration', () => {
  const filled = (change: Partial<WalkInTyped> = {}): WalkInTyped => ({
    ...nothingTyped(),
    body: { id: 'b1', name: 'Secretaría', class_key: 'poder' },
    name: ' Ana Pérez ',
    isRead: true,
    granted: ['list'],
    ...change,
  })
  test.each<[string, Partial<WalkInTyped>, string[]]>([
    ['all that is needed', {}, []],
    ['no body', { body: null }, ['body']],
    ['a body of another group', { body: { id: 'b2', name: 'X', class_key: 'ayuntamiento' } }, ['body']],
    ['no name', { name: ' ' }, ['name']],
    ['a post that is too long', { post: 'x'.repeat(121) }, ['post']],
    ['a notice that was not accepted', { isRead: false }, ['isRead']],
    ['a required consent that was not given', { granted: [] }, ['granted']],
  ])('%s leaves these problems', (_, change, expected) =>
    expect(Object.keys(problemsOf(filled(change), campaign, notice, 'g1'))).toEqual(expected),
  )

  test('is saved with the version of the notice and no consent that was not asked for', () => {
    const now = new Date('2026-11-26T16:00:00Z')
    expect(answersOf(filled({ granted: ['list', 'accessibility'] }), notice, now)).toMatchObject({
      body_id: 'b1',
      display_name: 'Ana Pérez',
      notice_id: 'n1',
      notice_hash: 'h',
      consents: [
        { key: 'accessibility', granted: false },
        { key: 'list', granted: true },
      ],
    })
  })

  async function open(change: object = {}) {
    await router.push('/puerta/d1')
    const page = show(DoorWalkIn, { door: doorOf(change), refusedId: null })
    await flushPromises()
    return page
  }
  /** The first read of the public rows has ended. */
  const arrive = () => db.cursors.put({ scope: 'public', cursor: '7.1' })
  const keep = async () => {
    await db.base.bulkPut([
      { scope: 'public', entity: 'convocatoria', id: 'c1', row: campaign },
      { scope: 'public', entity: 'notice', id: 'n1', row: notice },
    ] as never)
    await arrive()
  }

  test('is told before that the seat depends on what is free, also when nothing is', async () => {
    await keep()
    const page = await open()
    await vi.waitFor(() => expect(page.text()).toContain(t('walkin.tell')), PATIENCE)
    expect(page.text()).toContain(t('walkin.room', { count: 2 }))
    expect(await problemsIn(page.element)).toEqual([])
    const kept = ref({ at: '', list: { jornada: { seats_left: 0 } } })
    const full = await open({ kept })
    await vi.waitFor(() => expect(full.text()).toContain(t('walkin.full_title')), PATIENCE)
  })

  test('is not saved while something lacks, and the page says what', async () => {
    await keep()
    const page = await open()
    await vi.waitFor(() => expect(page.find('form').exists()).toBe(true), PATIENCE)
    await page.get('form').trigger('submit')
    expect(page.text()).toContain(t('walkin.problem.name'))
    expect(calls.walkIn).not.toHaveBeenCalled()
  })

  test('cannot be written while this phone lacks the campaign, and the page says how to get it', async () => {
    await db.cursors.clear()
    const page = await open()
    expect(page.find('.skeleton').exists()).toBe(true) // with signal, the first read may still bring it
    expect(page.text()).not.toContain(t('walkin.lacking'))
    await arrive()
    await vi.waitFor(() => expect(page.text()).toContain(t('walkin.lacking')), PATIENCE)
  })
})
