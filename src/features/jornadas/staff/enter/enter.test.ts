// @vitest-environment happy-dom
/** Registering somebody who asked staff for it: what is checked before sending, the payload, and what becomes of it. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db, type OutboxOp } from '@/data/db'
import { doubtClock } from '@/data/serverClock'
import type { Convocatoria, Notice } from '@/domain/rows'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { type EnteredRegistration, nothingTyped, payloadOf, problemsOf, type Typed, typedOf } from './entered'
import EnterDays from './EnterDays.vue'
import EnterView from './EnterView.vue'
import { detailsOf } from '../../days'
import { t } from './words'

const DAY = {
  id: 'd1',
  group_id: 'g1',
  title: 'Primera',
  on_day: '2099-12-08',
  starts_at: null,
  ends_at: null,
}
const campaign = {
  id: 'c1',
  kind: 'jornadas',
  title: 'Jornadas',
  notice_id: 'n1',
  opens_at: '2020-01-01T00:00:00Z',
  closes_at: '2099-12-31T00:00:00Z',
  grace: 'PT0S',
  details: {
    groups: [{ id: 'g1', name: 'Grupo 1', class_keys: ['poder'] }],
    jornadas: [
      { ...DAY, capacity: 120, seats_left: 30 },
      { ...DAY, id: 'd2', group_id: 'g2' },
    ],
  },
} as unknown as Convocatoria
const notice = {
  id: 'n1',
  hash: 'h',
  simplified: ['El Instituto trata sus datos.'],
  consents: [{ key: 'accessibility', text: 'Guardar mi necesidad', required: false }],
} as unknown as Notice
const filled = (change: Partial<Typed> = {}): Typed => ({
  ...nothingTyped(),
  body: { id: 'b1', name: 'Secretaría', class_key: 'poder' },
  days: ['d1'],
  name: ' Ana Pérez ',
  post: 'Titular',
  channel: 'telephone',
  isRead: true,
  ...change,
})
const now = new Date('2026-12-02T16:00:00Z')
const keysOf = (typed: Typed) => Object.keys(problemsOf(typed, campaign, notice, now))

describe('what is typed', () => {
  test.each<[string, Partial<Typed>, string[]]>([
    ['all that is needed, without an address', {}, []],
    ['an address', { email: 'ana@edomex.example' }, []],
    ['an address that is none', { email: 'ana' }, ['email']],
    ['no body', { body: null }, ['body']],
    ['a body without a group', { body: { id: 'b2', name: 'X', class_key: 'otra' } }, ['body', 'days']],
    ['no day', { days: [] }, ['days']],
    ['a day of another group', { days: ['d2'] }, ['days']],
    ['no name', { name: ' ' }, ['name']],
    ['no post', { post: '' }, ['post']],
    ['no channel', { channel: null }, ['channel']],
    ['a notice that was not read', { isRead: false }, ['isRead']],
    ['a need without its consent', { need: 'Rampa' }, ['granted']],
    ['a need with its consent', { need: 'Rampa', granted: ['accessibility'] }, []],
  ])('%s leaves these problems', (_, change, expected) => expect(keysOf(filled(change))).toEqual(expected))

  test('is sent in the form of a phone’s registration, with its channel, and read back when it was refused', () => {
    const payload = payloadOf(filled({ granted: ['accessibility'] }), campaign, notice, now)
    expect(payload).toEqual({
      convocatoria_id: 'c1',
      body_id: 'b1',
      body_name: 'Secretaría',
      body_class: 'poder',
      jornada_ids: ['d1'],
      online_ids: [],
      display_name: 'Ana Pérez',
      post: 'Titular',
      email: null,
      accessibility: null,
      notice_id: 'n1',
      notice_hash: 'h',
      locale: 'es-MX',
      consented_at: now.toISOString(),
      consents: [{ key: 'accessibility', granted: false }], // no need, so nothing to consent to
      channel: 'telephone',
    } satisfies EnteredRegistration)
    const again = typedOf({ ...payload, email: 'ana@edomex.example' })
    expect(again).toMatchObject({
      name: 'Ana Pérez',
      email: 'ana@edomex.example',
      days: ['d1'],
      isRead: false,
    })
  })
})

test('a day in both modalities is asked online where that was chosen, and no other day', () => {
  const [day, ...others] = detailsOf(campaign).jornadas
  const both = { ...day!, online: { capacity: 5, seats_left: 5 } }
  const hybrid = {
    ...campaign,
    details: { ...campaign.details, jornadas: [both, ...others] },
  } as Convocatoria
  const online = ['d1', 'd2']
  const onlineIn = (one: Convocatoria) => payloadOf(filled({ online }), one, notice, now).online_ids
  expect([onlineIn(hybrid), onlineIn(campaign)]).toEqual([['d1'], []])
  const chosen = ref(['d1'])
  const days = mount(EnterDays, {
    props: { campaign: hybrid, bodyClass: 'poder', modelValue: chosen.value, online: [] },
  })
  const [here, there] = days.findAll('input[type=radio]')
  expect((here!.element as HTMLInputElement).checked).toBe(true)
  void there!.setValue(true)
  expect(days.emitted('update:online')).toEqual([[['d1']]])
})

describe('the page', () => {
  const ops = ref<Partial<OutboxOp>[]>([])
  beforeEach(async () => {
    setActivePinia(createPinia())
    ops.value = []
    await Promise.all(db.tables.map((table) => table.clear()))
    await db.cursors.put({ scope: 'public', cursor: '7.1' })
    await db.base.bulkPut([
      { scope: 'public', entity: 'convocatoria', id: 'c1', row: campaign },
      { scope: 'public', entity: 'notice', id: 'n1', row: notice },
    ] as never)
  })
  async function show(may = true) {
    const session = useStaffSessionStore()
    vi.spyOn(session, 'can').mockReturnValue(may)
    vi.spyOn(session, 'ops', 'get').mockImplementation(() => ops.value as OutboxOp[])
    const stub = { template: '<p />' }
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [
        { path: '/', component: stub },
        { path: '/lista', name: 'staff-registrations', component: stub },
        { path: '/aviso/:id', component: stub },
      ],
    })
    await router.push('/')
    const screen = mount(EnterView, {
      props: { id: 's1' },
      global: { plugins: [router], stubs: ['EnterBody'] },
    })
    await vi.waitFor(async () => {
      await flushPromises()
      if (may) expect(screen.find('form').exists() || ops.value.length > 0).toBe(true)
    })
    return { screen, router }
  }
  const op = (change: Partial<OutboxOp>) => ({
    op_id: 'o1',
    kind: 'registration.enter' as const,
    entity_id: 's1',
    actor: '',
    payload: payloadOf(filled(), campaign, notice, now),
    ...change,
  })

  test('shows the notice to be read, says what lacks, and saves nothing before', async () => {
    const { screen } = await show()
    expect(screen.text()).toContain('El Instituto trata sus datos.')
    await screen.find('form').trigger('submit')
    for (const words of [t('problem.name'), t('problem.channel'), t('problem.read')])
      expect(screen.text()).toContain(words)
    expect(await db.outbox.count()).toBe(0)
  })

  test('asks for the consent of a need once there is one', async () => {
    const { screen } = await show()
    expect(screen.find('#enter-consent-accessibility').exists()).toBe(false)
    await screen.get('#enter-need').setValue('Rampa')
    expect(screen.find('#enter-consent-accessibility').exists()).toBe(true)
  })

  test('offers nothing to a member who may not', async () => {
    const { screen } = await show(false)
    await vi.waitFor(() => expect(screen.text()).toContain(t('no_campaign')))
    expect(screen.find('form').exists()).toBe(false)
  })

  test('what waits says so, and opens in the list once the server has it', async () => {
    ops.value = [op({ state: 'queued' })]
    const { screen, router } = await show()
    expect(screen.text()).toContain(t('saved'))
    ops.value = []
    await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/lista?persona=s1'))
  })

  test('the acceptance has the time of now, also where only this device’s clock is known', async () => {
    ops.value = [op({ state: 'needs_person', code: 'already_registered' })]
    const { screen } = await show()
    await vi.waitFor(() => screen.get('#enter-read'))
    await screen.get('#enter-read').setValue(true)
    doubtClock()
    await screen.find('form').trigger('submit')
    await vi.waitFor(async () => expect(await db.outbox.count()).toBe(1))
    const { consented_at } = (await db.outbox.toArray())[0]!.payload as EnteredRegistration
    expect(Math.abs(Date.parse(consented_at) - Date.now())).toBeLessThan(60_000)
  })

  test('what was refused says why in words for staff, with what was typed, and can be discarded', async () => {
    ops.value = [op({ state: 'needs_person', code: 'already_registered' })]
    const { screen, router } = await show()
    expect(screen.text()).toContain(t('already'))
    await vi.waitFor(() =>
      expect((screen.get('#enter-name').element as HTMLInputElement).value).toBe('Ana Pérez'),
    )
    await screen
      .findAll('button')
      .find((one) => one.text() === t('discard'))!
      .trigger('click')
    await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/lista'))
  })
})
