// @vitest-environment happy-dom
/** Paper and brigade on the screen: the person accepts, the phone survives, and nothing counts as received before it is. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { cardLink, cardOf, hashOf, readCard } from '@/campaign/card/card'
import { newSecret } from '@/campaign/form/secret'
import { db } from '@/data/db'
import { registerKinds } from '@/domain/kinds'
import type { Op, Verdict } from '@/domain/ops'
import type { Convocatoria, Notice } from '@/domain/rows'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { kind } from '../../kind'
import BrigadaView from './BrigadaView.vue'
import { closeCapture, saveCapture } from './capture'
import { useCaptureSender } from './captureSender'
import EntregarView from './EntregarView.vue'
import { newCode, packCaptures, takeCaptures } from './handOver'
import { contentOf, getCapture, listCaptures, listSlips } from './keptCaptures'
import PapelView from './PapelView.vue'
import { t } from './words'

const answer = vi.hoisted(() => ({ of: (() => []) as (ops: Op[]) => Verdict[] }))
vi.mock('@/data/staff/client', () => ({
  supabase: { rpc: (_: string, { ops }: { ops: Op[] }) => ops },
  answerOf: (ops: Op[]) => Promise.resolve({ now: '2026-12-01T00:00:00Z', verdicts: answer.of(ops) }),
}))
vi.mock('@/staff/offline/keepFiles', () => ({ keepStaffFiles: () => Promise.resolve(false) }))
vi.mock('@/media/codes/keepDecoder', () => ({ keepDecoder: () => Promise.resolve(true) }))

const ME = '00000000-0000-4000-8000-000000000051'
const CAMPAIGN = 'c1'
const campaign = {
  id: CAMPAIGN,
  kind: 'propuestas',
  title: 'Consulta',
  slug: 'consulta',
  notice_id: 'n1',
  opens_at: '2020-01-01T00:00:00Z',
  closes_at: '2099-12-31T00:00:00Z',
  received_until: '2100-01-02T00:00:00Z',
  topics: [],
  parts: [{ id: 'p1', kind: 'action', number: '1.1', title: 'Formar', body: 'Texto' }],
} as unknown as Convocatoria
const consents = [
  { key: 'political_opinions', text: 'Autorizo usarla', required: true },
  { key: 'publish', text: 'Autorizo publicar', required: false },
]
const notice = {
  id: 'n1',
  title: 'Aviso',
  version: 1,
  hash: 'ab12cd34ef',
  simplified: ['El Instituto.'],
  consents,
}
const form = { convocatoria_id: CAMPAIGN, body: 'Que las minutas se peguen en la entrada.' } as never
/** A busy machine takes longer than the second that is usual. */
const PATIENCE = { timeout: 20_000 }
const text = 'Que las minutas se peguen en la entrada del palacio.'

beforeEach(async () => {
  registerKinds([kind])
  setActivePinia(createPinia())
  answer.of = () => []
  await Promise.all(db.tables.map((table) => table.clear()))
  await db.base.bulkPut([
    { scope: 'public', entity: 'convocatoria', id: CAMPAIGN, row: campaign },
    { scope: 'public', entity: 'notice', id: 'n1', row: notice as unknown as Notice },
  ])
})

async function show(view: typeof BrigadaView | typeof PapelView | typeof EntregarView, ready: string) {
  const session = useStaffSessionStore()
  vi.spyOn(session, 'can').mockReturnValue(true)
  vi.spyOn(session, 'userId', 'get').mockReturnValue(ME)
  const stubs = { RouterLink: RouterLinkStub, CardScan: true }
  const page = { path: '/:all(.*)*', component: { template: '<p />' } }
  const router = createRouter({ history: createMemoryHistory(), routes: [page] })
  const screen = mount(view, {
    props: { id: CAMPAIGN },
    global: { stubs, plugins: [router] },
    attachTo: document.body,
  })
  const until = (words: string) =>
    vi.waitFor(async () => {
      await flushPromises()
      expect(screen.text()).toContain(words)
    }, PATIENCE)
  await until(ready)
  const press = async (words: string) => {
    await screen
      .findAll('button')
      .find((one) => one.text() === words)!
      .trigger('click')
    await flushPromises()
  }
  return { screen, until, press }
}
const figureOf = (screen: { text(): string }, key: 'captured' | 'sent' | 'waiting') =>
  new RegExp(`${t(`standing.${key}`)}(\\d+)`, 'u').exec(screen.text())?.[1]
const applied = (ops: Op[]): Verdict[] =>
  ops.map(({ op_id, entity_id }) => ({
    op_id,
    status: 'applied',
    row: { id: entity_id, version: 1, folio: 'PR-2026-000001-0' } as never,
    xid: '1',
  }))

async function write(screen: Awaited<ReturnType<typeof show>>['screen']) {
  await screen.get('#about').setValue('p1')
  await screen.get('#helps').setValue(true)
  await screen.get('#body').setValue(text)
}

describe('a brigade', () => {
  test('saves nothing before the person taps what is required, and then asks for a card', async () => {
    const { screen, until, press } = await show(BrigadaView, t('brigade.new'))
    expect(screen.text()).toContain(t('brigade.not_ready'))
    await press(t('brigade.new'))
    await screen.get('form').trigger('submit')
    expect(screen.text()).not.toContain(t('consent.title'))
    await write(screen)
    await screen.get('form').trigger('submit')
    await until(t('consent.title'))
    expect(screen.text()).toContain(text)
    const boxes = screen.findAll('input[type=checkbox]')
    expect(boxes.map((one) => (one.element as HTMLInputElement).checked)).toEqual([false, false])
    await press(t('consent.accept'))
    expect(await listCaptures(ME)).toEqual([])
    await screen.get('#consent-political_opinions').setValue(true)
    await press(t('consent.accept'))
    await until(t('card.title'))
    const [one] = await listCaptures(ME)
    expect(one).toMatchObject({ state: 'open', channel: 'brigade' })
    expect(JSON.stringify(await db.meta.toArray())).not.toContain('minutas')
    expect((await contentOf(ME, one!))!.payload).toMatchObject({
      body: text,
      noted_by: ME,
      secret_hash: null,
      consents: [
        { key: 'political_opinions', granted: true },
        { key: 'publish', granted: false },
      ],
    })
  })

  test('forgets what was written when the person does not accept', async () => {
    const { screen, until, press } = await show(BrigadaView, t('brigade.new'))
    await press(t('brigade.new'))
    await write(screen)
    await screen.get('form').trigger('submit')
    await until(t('consent.title'))
    await press(t('consent.refuse'))
    expect((screen.get('#body').element as HTMLTextAreaElement).value).toBe('')
    expect(await listCaptures(ME)).toEqual([])
  })

  test('opens at the card after the phone died there, and keeps of the card nothing that opens it', async () => {
    const id = await saveCapture(ME, form, { channel: 'brigade', isOpen: true })
    const { screen, until } = await show(BrigadaView, t('card.title'))
    await screen.get('#card-key').setValue('no es una clave')
    await screen.get('form').trigger('submit')
    await until(t('card.unreadable'))
    const secret = newSecret()
    await screen.get('#card-key').setValue(secret)
    await screen.get('form').trigger('submit')
    await vi.waitFor(async () => expect((await getCapture(ME, id))?.state).toBe('waiting'), PATIENCE)
    const row = (await getCapture(ME, id))!
    const content = await contentOf(ME, row)
    expect(row.entity_id).toBe((await cardOf(secret)).id)
    expect(content).toMatchObject({ secret: null, payload: { secret_hash: await hashOf(secret) } })
    expect(JSON.stringify([row, content])).not.toContain(secret)
  })

  test('counts as received what the server said it has, and no other; what it refused says why', async () => {
    for (const channel of ['brigade', 'brigade'] as const) await saveCapture(ME, form, { channel })
    answer.of = ([first, second]) => [
      ...applied([first!]),
      { op_id: second!.op_id, status: 'refused', code: 'submission_unknown' },
    ]
    const { screen, until } = await show(BrigadaView, t('stuck.card'))
    await until(t('stuck.without_card'))
    expect(['captured', 'sent', 'waiting'].map((key) => figureOf(screen, key as 'sent'))).toEqual([
      '2',
      '1',
      '0',
    ])
  })

  test('gives a card to one person only', async () => {
    const card = await cardOf(newSecret())
    const ids = [1, 2].map(() => saveCapture(ME, form, { channel: 'brigade', isOpen: true }))
    const [one, two] = await Promise.all(ids)
    await closeCapture(ME, one!, card)
    await expect(closeCapture(ME, two!, card)).rejects.toMatchObject({ code: 'card_used' })
    expect((await getCapture(ME, two!))?.state).toBe('open')
  })
})

test('a sheet is saved with a link of its own, the next one opens at once, and its slip waits for the folio', async () => {
  const { screen, until } = await show(PapelView, t('paper.save'))
  await write(screen)
  await screen.get('form').trigger('submit')
  expect(await listCaptures(ME)).toEqual([])
  await screen.get('#consent-political_opinions').setValue(true)
  await screen.get('form').trigger('submit')
  await until(t('paper.saved', { count: 1 }))
  expect((screen.get('#body').element as HTMLTextAreaElement).value).toBe('')
  await vi.waitFor(() => expect(document.activeElement?.id).toBe('about'), PATIENCE)
  expect(await listSlips(ME, CAMPAIGN)).toEqual([])
  const { secret, payload } = (await contentOf(ME, (await listCaptures(ME))[0]!))!
  expect(payload.secret_hash).toBe(await hashOf(secret!))
  answer.of = applied
  useCaptureSender().sendQuietly()
  await until(t('paper.slips', { count: 1 }))
  expect(await listSlips(ME, CAMPAIGN)).toMatchObject([{ secret, folio: 'PR-2026-000001-0' }])
  expect(await listCaptures(ME)).toEqual([])
})

test('the desk sends what was captured, on whatever page, when the signal returns', async () => {
  vi.spyOn(useStaffSessionStore(), 'userId', 'get').mockReturnValue(ME)
  const desk = effectScope()
  desk.run(() => useCaptureSender().follow())
  await saveCapture(ME, form, { channel: 'brigade' })
  answer.of = applied
  window.dispatchEvent(new Event('online'))
  await vi.waitFor(async () => expect(await listCaptures(ME)).toEqual([]), PATIENCE)
  desk.stop()
  await saveCapture(ME, form, { channel: 'brigade' })
  window.dispatchEvent(new Event('online'))
  await flushPromises()
  expect(await listCaptures(ME)).toHaveLength(1)
})

describe('a file for another phone', () => {
  test('opens with its code only, and brings each capture once', async () => {
    const id = await saveCapture(ME, form, { channel: 'brigade' })
    await saveCapture(ME, form, { channel: 'brigade', isOpen: true })
    const code = newCode()
    const { text: packed, ids } = await packCaptures(ME, code)
    expect([ids, packed.includes('minutas')]).toEqual([[id], false])
    await expect(takeCaptures('otra', packed, newCode())).rejects.toMatchObject({ code: 'code_wrong' })
    await expect(takeCaptures('otra', '{}', code)).rejects.toMatchObject({ code: 'file_unknown' })
    expect(await takeCaptures('otra', packed, code.toLowerCase().replaceAll('-', ' '))).toBe(1)
    expect(await takeCaptures('otra', packed, code)).toBe(0)
    const [mine, theirs] = [await getCapture(ME, id), await getCapture('otra', id)]
    expect(theirs).toMatchObject({ op_id: mine!.op_id, entity_id: mine!.entity_id, at: mine!.at })
  })

  test('is made with its code on the screen, and the first phone keeps what it handed', async () => {
    const id = await saveCapture(ME, form, { channel: 'brigade' })
    vi.stubGlobal(
      'URL',
      Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined }),
    )
    const { screen, until, press } = await show(EntregarView, t('over.make'))
    await press(t('over.make'))
    await until(t('over.code'))
    expect(screen.get('.over-code').text()).toMatch(/^(\S{4}-){4}\S{4}$/u)
    expect((await getCapture(ME, id))!.handed_at).toBeNull()
    await press(t('over.save'))
    await vi.waitFor(async () => expect((await getCapture(ME, id))!.handed_at).not.toBeNull(), PATIENCE)
    expect((await getCapture(ME, id))!.state).toBe('waiting')
    await press(t('over.take_do'))
    expect(screen.text()).toContain(t('over.take_text'))
    vi.unstubAllGlobals()
  })

  test('has a code of 20 signs that nobody confuses, each time another', () => {
    const codes = Array.from({ length: 50 }, () => newCode())
    expect(new Set(codes).size).toBe(50)
    for (const code of codes) expect(code).toMatch(/^([2-9B-DF-HJ-NP-TV-Z]{4}-){4}[2-9B-DF-HJ-NP-TV-Z]{4}$/u)
  })
})

test.each([
  ['a card', (key: string) => cardLink('https://participa.example', key), true],
  ['its fragment', (key: string) => `#${key}`, true],
  ['its key', (key: string) => ` ${key} `, true],
  ['a private link', (key: string) => `https://participa.example/folio#PR-2026-000001-0.${key}`, false],
  ['another page', (key: string) => `https://otra.example/#${key}`, false],
])('%s is read as a card: %s', (_, text, isCard) => {
  const key = newSecret()
  expect(readCard(text(key))).toBe(isCard ? key : null)
})
