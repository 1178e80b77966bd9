// @vitest-environment happy-dom
/** What a guardian reads and does by the link of her letter, in every state. */
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { RpcFault } from '@/data/rpc'
import type { GuardianPage } from '@/domain/minor'
import words from '@/i18n/es-MX/autorizar.json'
import signed from '@/i18n/es-MX/videosSigned.json'
import { megabytes } from '../facts'
import AutorizarView from './AutorizarView.vue'

const { rpc, openGuardianVideo } = vi.hoisted(() => ({ rpc: vi.fn(), openGuardianVideo: vi.fn() }))
vi.mock('@/data/ownVideo', () => ({ openGuardianVideo }))
vi.mock('@/data/rpc', async (load) => ({ ...(await load<object>()), rpc }))

const page = (change: Partial<GuardianPage> = {}): GuardianPage => ({
  state: 'waiting',
  folio: 'VI-2026-000001-2',
  campaign: 'Videos por el gobierno abierto',
  slug: 'videos',
  nickname: 'Luna',
  relationship: 'madre',
  title: 'El agua de mi calle',
  summary: 'Cómo se arregló.',
  transcript: null,
  medium: 'la página',
  licence_until: '2030-12-31',
  duration_ms: 60_000,
  bytes: 12_000_000,
  stored: true,
  expires_at: '2026-12-30T18:00:00Z',
  name_allowed: false,
  is_public: false,
  ...change,
})

beforeEach(() => {
  rpc.mockReset()
  openGuardianVideo.mockReset().mockResolvedValue('data:video/mp4,firmado')
})

async function open(hash = '#secreto') {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/autorizar', component: AutorizarView },
      { path: '/:rest(.*)*', component: {} },
    ],
  })
  await router.push(`/autorizar${hash}`)
  const view = mount(AutorizarView, { global: { plugins: [router] } })
  await flushPromises()
  return { view, router, button: (text: string) => view.findAll('button').find((one) => one.text() === text) }
}

test('opening the link reads and answers nothing, and its secret leaves the address', async () => {
  rpc.mockResolvedValue(page())
  const { view, router } = await open()
  expect(rpc.mock.calls.map(([fn]) => fn)).toEqual(['guardian_request'])
  expect(rpc.mock.lastCall![1]).toEqual({ p_token: 'secreto' })
  expect(router.currentRoute.value.fullPath).toBe('/autorizar')
  expect(view.text()).toContain('El agua de mi calle')
  expect(view.text()).toContain(words['public.never'])
})

test('the video itself comes only once she asks for it, and what it costs her is said before', async () => {
  rpc.mockResolvedValue(page())
  const { view, button } = await open()
  expect(view.find('video').exists()).toBe(false)
  expect(openGuardianVideo).not.toHaveBeenCalled()
  await button(signed['guardian.open'].replace('{size}', megabytes(12_000_000)))!.trigger('click')
  await flushPromises()
  expect(openGuardianVideo.mock.calls).toEqual([['secreto']])
  expect(view.get('video').attributes('src')).toBe('data:video/mp4,firmado')
})

test.each([
  ['has not arrived', page({ stored: false }), signed['guardian.absent']],
  ['waits behind a link that ended', page({ state: 'expired' }), words.see],
])('a video that %s cannot be asked for, and the page says how to see it', async (_, answer, sentence) => {
  rpc.mockResolvedValue(answer)
  const { view } = await open()
  expect(view.text()).toContain(sentence)
  expect(view.text()).not.toContain(megabytes(12_000_000))
})

test('who authorises says apart whether the name may be shown', async () => {
  rpc.mockResolvedValue(page())
  const { view, button } = await open()
  expect((view.get('#name_allowed').element as HTMLInputElement).checked).toBe(false)
  rpc.mockResolvedValue(page({ state: 'authorised' }))
  await button(words.authorise)!.trigger('click')
  await flushPromises()
  expect(rpc.mock.lastCall!.slice(0, 2)).toEqual([
    'guardian_answer',
    { p_token: 'secreto', p_answer: 'authorise', p_name: false },
  ])
  expect(view.text()).toContain(words['authorised.text'])
})

test.each([
  ['waiting', 'refuse'],
  ['authorised', 'withdraw'],
] as const)(
  'of one that is %s, «%s» asks once more before it takes the video away',
  async (state, answer) => {
    rpc.mockResolvedValue(page({ state }))
    const { button } = await open()
    await button(words[answer])!.trigger('click')
    expect(rpc).toHaveBeenCalledTimes(1)
    rpc.mockResolvedValue(page({ state: 'withdrawn' }))
    await button(words[`${answer}.confirm`])!.trigger('click')
    await flushPromises()
    expect(rpc.mock.lastCall![1]).toMatchObject({ p_answer: answer })
  },
)

test.each([
  ['refused', words['gone.text']],
  ['withdrawn', words['gone.text']],
  ['expired', words['expired.text'].replace('{folio}', 'VI-2026-000001-2')],
] as const)('of one that is %s nothing is left to answer, and it says so', async (state, sentence) => {
  rpc.mockResolvedValue(page({ state }))
  const { view, button } = await open()
  expect(view.text()).toContain(sentence)
  for (const word of [words.authorise, words.refuse, words.withdraw]) expect(button(word)).toBeUndefined()
})

test.each([
  ['guardian_link_unknown', words['problem.guardian_link_unknown'], false],
  ['offline', words.offline, true],
])('a link that cannot be opened (%s) says why', async (code, sentence, again) => {
  rpc.mockRejectedValue(new RpcFault(code, false))
  const { view, button } = await open()
  expect(view.get('[role=alert]').text()).toBe(sentence)
  expect(!!button(words.retry)).toBe(again)
})

test('an incomplete link is said at once', async () => {
  const { view } = await open('')
  expect(view.text()).toContain(words.missing)
  expect(rpc).not.toHaveBeenCalled()
})
