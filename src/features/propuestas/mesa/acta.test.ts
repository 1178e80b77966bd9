// @vitest-environment happy-dom
/** The acta and one's own comment: kept while it is typed, sent with its own consent, changed and taken back. */
import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { material } from '@/campaign/testing/material'
import { db } from '@/data/db'
import { removeFromPhone } from '@/data/items'
import { refusalText } from '@/i18n/refusals'
import type { PublicActa } from '../acta'
import ActaSection from './ActaSection.vue'
import { CONSENT } from './consent'
import { commentOf } from './keptComment'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpc, rpcGet: rpc }))

const { id } = material.convocatoria
const MEETING = 'm1'
const campaign = { ...material, insumos: [], municipalities: undefined }
const acta: PublicActa = {
  body: 'Se habló de todo.',
  opened_at: '2026-11-20T12:00:00Z',
  comments_until: '2026-12-01T05:59:59Z',
  received_until: '2026-12-03T05:59:59Z',
  final: null,
  hash: null,
  closed_at: null,
  comments: [{ id: 'c1', body: 'Faltó un acuerdo.', standing: 'came', at: '2026-11-21T12:00:00Z' }],
}
const item = (name: string, convocatoria_id: string, folio: string | null = `PR-${name}`) =>
  db.items.put({
    id: name,
    kind: 'propuestas',
    convocatoria_id,
    title: '',
    secret: `de ${name}`,
    folio,
    created_at: '',
  })

let page: VueWrapper
beforeEach(async () => {
  rpc.mockReset().mockResolvedValue({ items: [] })
  await Promise.all([db.items.clear(), db.meta.clear(), db.outbox.clear(), db.overlay.clear()])
})
afterEach(() => page.unmount())

function open(change: Partial<PublicActa> = {}, now = '2026-11-25T12:00:00Z') {
  page = mount(ActaSection, {
    props: { acta: { ...acta, ...change }, campaign, meetingId: MEETING, now: new Date(now) },
  })
  return page
}
const status = () => page.find('#comment-status').text()
const ops = () => db.outbox.toArray()
const button = (words: string) => page.findAll('button').find((one) => one.text() === words)
async function press(words: string) {
  await vi.waitFor(() => expect(button(words)).toBeDefined())
  await button(words)!.trigger('click')
  await flushPromises()
}
async function write(words: string) {
  await vi.waitFor(() => expect(page.find('textarea').exists()).toBe(true), { timeout: 20_000 })
  await page.find('textarea').setValue(words)
}
async function send() {
  await page.find('input[type=checkbox]').setValue(true)
  await press(t('comment.send'))
  await vi.waitFor(async () => expect(await ops()).not.toEqual([]))
}

test('published comments say how their author took part, and no name', () => {
  expect(open().find('li').text()).toBe(
    `Faltó un acuerdo.${t('standing.came')} · sábado 21 de noviembre de 2026`,
  )
})

test('a phone without a folio of either campaign is told how to comment', async () => {
  await item('x', 'another')
  await item('waits', id, null)
  open()
  await flushPromises()
  expect([page.text().includes(t('comment.who')), page.find('textarea').exists()]).toEqual([true, false])
})

test('what is typed is on this phone before it is sent, and there again after the page was closed', async () => {
  await item('a', id)
  open()
  await write('A medias')
  page.unmount()
  open()
  await vi.waitFor(() => expect(page.find('textarea').element.value).toBe('A medias'))
  expect(await ops()).toEqual([])
})

test('sending needs words and its own consent, which is not ticked', async () => {
  await item('a', id)
  open()
  await write('x'.repeat(1001))
  expect(page.find<HTMLInputElement>('input[type=checkbox]').element.checked).toBe(false)
  await press(t('comment.send'))
  expect(page.text()).toContain(t('comment.long'))
  expect(page.text()).toContain(t('comment.consent.missing'))
  expect(await ops()).toEqual([])
})

test('without signal it waits on this phone, with the private link of the mesa before that of a propuesta', async () => {
  await item('a', id)
  await item('b', MEETING)
  open()
  await write('Estuve.')
  await send()
  await vi.waitFor(() => expect(status()).toBe(t('comment.kept')))
  expect(await ops()).toMatchObject([
    {
      kind: 'mesa.comment',
      secret: 'de b',
      payload: {
        submission_id: 'b',
        convocatoria_id: id,
        body: 'Estuve.',
        consent: CONSENT,
        notice_hash: 'h2',
      },
    },
  ])
  expect((await ops())[0]!.entity_id).not.toBe('b')
})

test('what became of a sent one is asked with the folio, and a reason is said', async () => {
  await item('a', id)
  rpc.mockResolvedValue({
    items: [{ convocatoria_id: id, state: 'kept_back', reason: 'Trae un teléfono.', body: 'x' }],
  })
  open()
  await write('Llámenme.')
  await send()
  await db.outbox.clear() // as an accepting verdict does
  await vi.waitFor(() => expect(status()).toBe(t('comment.kept_back', { reason: 'Trae un teléfono.' })))
  expect(rpc).toHaveBeenCalledWith('own_comments', { p_folio: 'PR-a', p_secret: 'de a' })
})

test.each<[string, () => string]>([
  ['convocatoria_closed', () => t('comment.late')],
  ['notice_outdated', () => refusalText('notice_outdated')],
])(
  'a comment refused with %s says why, keeps its words and is sent again in the place of the refused op',
  async (code, words) => {
    await item('a', id)
    open()
    await write('Estuve.')
    await send()
    await db.outbox.toCollection().modify({ state: 'needs_person', code })
    await vi.waitFor(() => expect(status()).toBe(`${t('comment.failed')} ${words()}`))
    expect(page.find('textarea').element.value).toBe('Estuve.')
    await send()
    await vi.waitFor(async () =>
      expect(await ops()).toMatchObject([{ state: 'queued', payload: { body: 'Estuve.' } }]),
    )
  },
)

test('it is taken back after the closing too, and leaves this phone with its folio', async () => {
  await item('a', id)
  open()
  await write('Estuve.')
  await send()
  await db.outbox.clear()
  page.unmount()
  open({}, '2026-12-20T12:00:00Z')
  await press(t('comment.withdraw'))
  await vi.waitFor(() => expect(status()).toBe(t('comment.withdrawing')))
  expect([page.find('textarea').exists(), await ops()]).toMatchObject([
    false,
    [{ payload: { submission_id: 'a', convocatoria_id: id, withdraw: true } }],
  ])
  await db.outbox.clear()
  await removeFromPhone('a')
  expect(await db.meta.toArray()).toEqual([])
})

test('a closed acta shows its final text, and the phone says whether its hash is the same', async () => {
  const final = JSON.stringify({ body: 'Texto final.', closed_at: '2026-12-05T12:00:00Z' })
  const hash = createHash('sha256').update(final).digest('hex')
  open({ final, hash, closed_at: '2026-12-05T12:00:00Z' })
  expect(page.text()).toContain('Texto final.')
  expect(page.text()).not.toContain(acta.body)
  await vi.waitFor(() => expect(page.text()).toContain(t('acta.hash.same')))
  await page.setProps({ acta: { ...acta, final, hash: 'otra', closed_at: '2026-12-05T12:00:00Z' } })
  await vi.waitFor(() => expect(page.text()).toContain(t('acta.hash.other')))
})

test('the words of the consent belong to its version, which the server knows', () => {
  open()
  expect([CONSENT, t('comment.consent')]).toEqual([
    'comentario-1',
    'Mi comentario puede mostrar mis opiniones políticas. Autorizo publicarlo con el acta, sin mi nombre.',
  ])
  const sql = readFileSync('supabase/migrations/20261123006830_mesa_actas.sql', 'utf8')
  expect(sql).toContain(`array['${CONSENT}']`)
})

test('what is typed while a comment is being handed over stays, on the screen and on this phone', async () => {
  await item('a', id)
  open()
  await write('Primero.')
  await page.find('input[type=checkbox]').setValue(true)
  await vi.waitFor(() => expect(button(t('comment.send'))).toBeDefined())
  void button(t('comment.send'))!.trigger('click')
  await page.find('textarea').setValue('Primero y después.')
  await vi.waitFor(async () => expect(await ops()).toMatchObject([{ payload: { body: 'Primero.' } }]))
  await vi.waitFor(() => expect(status()).toBe(t('comment.kept')))
  expect(page.find('textarea').element.value).toBe('Primero y después.')
  await new Promise((resolve) => setTimeout(resolve, 400)) // longer than the form waits before it saves
  page.unmount()
  open()
  await vi.waitFor(() => expect(page.find('textarea').element.value).toBe('Primero y después.'))
  expect(await commentOf([id]).read()).toMatchObject({
    comment: { body: 'Primero y después.', given: 'Primero.' },
  })
})
