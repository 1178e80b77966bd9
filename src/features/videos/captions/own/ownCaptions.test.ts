// @vitest-environment happy-dom
/** The captions that an author makes of their own video, and what this phone keeps of them. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createMemoryHistory, createRouter } from 'vue-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { answersKey } from '@/data/items'
import { Fault } from '@/domain/fault'
import type { Cue } from '@/domain/video'
import shared from '@/i18n/es-MX/videosCaptions.json'
import words from '@/i18n/es-MX/videosOwnCaptions.json'
import type { OwnCaptions } from '../../captionAnswers'
import SubtitulosView from './SubtitulosView.vue'

const { rpc, openOwnVideo } = vi.hoisted(() => ({ rpc: vi.fn(), openOwnVideo: vi.fn() }))
vi.mock('@/data/rpc', () => ({ rpc, rpcGet: rpc }))
vi.mock('@/data/ownVideo', () => ({ openOwnVideo }))

const CUES: Cue[] = [
  { at: 400, to: 2_900, text: 'Hola.' },
  { at: 3_000, to: 5_000, text: 'Pedimos el contrato.' },
]
const OWN: OwnCaptions = {
  version: 2,
  open: true,
  transcript: 'Hola. Pedimos el contrato.',
  cues: CUES,
  behind: false,
  voiceless: false,
  media_id: 'm1',
  bytes: 12_000_000,
  duration_ms: 60_000,
  stored: true,
}
/** What the server has; a write over another version is a conflict. */
let server: OwnCaptions

beforeEach(async () => {
  document.body.innerHTML = ''
  setActivePinia(createPinia())
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // Vue warns, because this app has no router
  await Promise.all(db.tables.map((table) => table.clear()))
  await db.items.put({
    id: 's1',
    kind: 'videos',
    convocatoria_id: 'c1',
    title: '',
    secret: 'k',
    folio: 'VI-1',
    created_at: '',
  })
  server = OWN
  openOwnVideo.mockReset().mockResolvedValue('data:video/mp4,firmado')
  rpc.mockReset().mockImplementation(async (name: string, args: { p_version: number; p_cues: Cue[] }) => {
    if (name === 'own_captions') return server
    if (args.p_version !== server.version) throw new Fault('conflict', false)
    server = { ...server, version: server.version + 1, cues: args.p_cues }
    return server
  })
})

async function shown() {
  const anywhere = { path: '/:all(.*)*', component: { template: '<p />' } }
  const router = createRouter({ history: createMemoryHistory(), routes: [anywhere] })
  const page = mount(SubtitulosView, {
    props: { id: 's1' },
    global: { plugins: [router] },
    attachTo: document.body,
  })
  await vi.waitFor(() => expect(page.text()).not.toBe(''))
  await vi.waitFor(() => expect(page.find('h1').exists() && rpc.mock.calls.length > 0).toBe(true))
  await flushPromises()
  return page
}
type Page = Awaited<ReturnType<typeof shown>>
const linesOf = (page: Page) => page.findAll('textarea').map(({ element }) => element.value)
const until = (check: () => unknown) => vi.waitFor(async () => (await flushPromises(), check()), 5000)
const press = (page: Page, label: string) =>
  page
    .findAll('button')
    .findLast((button) => button.text().includes(label))!
    .trigger('click')
const kept = async () => (await db.meta.get(answersKey('s1', 'captions')))?.value

test('lines are kept here as they are typed, and saved with the private link over the version that was seen', async () => {
  const page = await shown()
  await until(() => expect(linesOf(page)).toEqual(['Hola.', 'Pedimos el contrato.']))
  await page.findAll('textarea')[0]!.setValue('Hola a todos. ')
  await vi.waitFor(async () => expect(await kept()).toMatchObject({ over: CUES }))
  await page.find('form').trigger('submit')
  await until(() => expect(page.text()).toContain(words.saved))
  expect(rpc).toHaveBeenCalledWith('caption_own_video', {
    p_folio: 'VI-1',
    p_secret: 'k',
    p_version: 2,
    p_cues: [{ ...CUES[0], text: 'Hola a todos.' }, CUES[1]],
  })
  expect(await kept()).toBeUndefined()
  expect(linesOf(page)[0]).toBe('Hola a todos.')
})

test('what was typed is there again after the page died, and goes out when there is signal', async () => {
  await db.meta.put({ key: answersKey('s1', 'captions'), value: { cues: [CUES[1]], over: CUES } })
  const page = await shown()
  await until(() => expect(linesOf(page)).toEqual(['Pedimos el contrato.']))
  rpc.mockRejectedValueOnce(new Fault('offline', true))
  await page.find('form').trigger('submit')
  await until(() => expect(page.text()).toContain(words.offline))
  expect(await kept()).toMatchObject({ cues: [CUES[1]] })
  await page.find('form').trigger('submit')
  await until(() => expect(server.cues).toEqual([CUES[1]]))
})

test('captions that staff saved meanwhile are told, and nothing is overwritten before the author says so', async () => {
  const page = await shown()
  await until(() => expect(linesOf(page)).toHaveLength(2))
  await page.findAll('textarea')[0]!.setValue('Lo mío.')
  server = { ...OWN, version: 3, cues: [CUES[1]!] }
  await page.find('form').trigger('submit')
  await until(() => expect(page.text()).toContain(shared.conflict))
  expect([server.cues, linesOf(page)[0]]).toEqual([[CUES[1]], 'Lo mío.'])
  await page.find('form').trigger('submit')
  await until(() => expect(server.cues[0]).toMatchObject({ text: 'Lo mío.' }))
})

test('a version that changed by something else asks nothing of the author', async () => {
  const page = await shown()
  await until(() => expect(linesOf(page)).toHaveLength(2))
  await page.findAll('textarea')[0]!.setValue('Lo mío.')
  server = { ...OWN, version: 7 }
  await page.find('form').trigger('submit')
  await until(() => expect(server.version).toBe(8))
  expect(page.text()).not.toContain(shared.conflict)
})

test('who prefers the saved ones gets them, and this phone forgets the others', async () => {
  const page = await shown()
  await until(() => expect(linesOf(page)).toHaveLength(2))
  await page.findAll('textarea')[0]!.setValue('Lo mío.')
  await press(page, shared.leave)
  await until(() => expect(linesOf(page)).toEqual(['Hola.', 'Pedimos el contrato.']))
  expect(await kept()).toBeUndefined()
})

test('the server’s file is asked for only when the author wants it, and its size is said before', async () => {
  const page = await shown()
  await until(() => expect(page.text()).toMatch(/12\s*MB/u))
  expect(openOwnVideo).not.toHaveBeenCalled()
  await press(page, 'Ver mi video')
  await until(() => expect(page.find('video').attributes('src')).toBe('data:video/mp4,firmado'))
  expect(openOwnVideo).toHaveBeenCalledWith('VI-1', 'k')
})

test('a file of captions fills the lines, and one that is refused leaves them and says its line', async () => {
  const page = await shown()
  await until(() => expect(linesOf(page)).toHaveLength(2))
  const choose = async (text: string) => {
    const picker = page.find<HTMLInputElement>('input[data-file=vtt]')
    Object.defineProperty(picker.element, 'files', { value: [new File([text], 'a.vtt')], configurable: true })
    await picker.trigger('change')
  }
  await choose('WEBVTT\n\n00:01,000 --> 00:02,000\nHola.')
  await until(() => expect(page.find('[role=alert]').text()).toContain('Línea 3'))
  expect(linesOf(page)).toHaveLength(2)
  await choose('WEBVTT\n\n00:01.000 --> 00:02.000\nHola otra vez.')
  await until(() => expect(document.body.textContent).toContain(shared['cut.ask']))
  await press(page, shared['cut.ask.yes'])
  await until(() => expect(linesOf(page)).toEqual(['Hola otra vez.']))
  expect(page.find('a[download="VI-1.vtt"]').exists()).toBe(true)
})

test.each([
  ['is public already', { open: false }, words.closed],
  ['has no transcript yet', { open: false, transcript: null }, words.no_transcript],
])('a video that %s says so', async (_, change, said) => {
  server = { ...OWN, ...change }
  const page = await shown()
  await until(() => expect(page.text()).toContain(said))
  expect(page.find('form').exists()).toBe(false)
})

test('without signal the page says that what was typed stays', async () => {
  rpc.mockRejectedValue(new Fault('offline', true))
  const page = await shown()
  await until(() => expect(page.text()).toContain(words['offline.text']))
})
