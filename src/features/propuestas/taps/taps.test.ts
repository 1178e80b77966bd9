// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ACTION, material } from '@/campaign/testing/material'
import { db } from '@/data/db'
import { refusalText } from '@/i18n/refusals'
import PropuestasBody from '../PropuestasBody.vue'
import { t } from '../words'
import { CONSENT } from './consent'
import { choose, sendTaps, tapsOf } from './keptTaps'

const { id } = material.convocatoria
const campaign = { ...material, insumos: [], municipalities: undefined }
const global = { stubs: { RouterLink: true } }

let page: VueWrapper
beforeEach(async () => {
  await Promise.all([db.meta.clear(), db.outbox.clear(), db.overlay.clear()])
})
afterEach(() => page.unmount())

const button = (words: string) => page.findAll('button').find((one) => one.text() === words)
const press = async (words: string) => {
  await vi.waitFor(() => expect(button(words)).toBeDefined())
  await button(words)!.trigger('click')
  await flushPromises()
}
const status = () => page.find('[role=status]').text()
const ops = () => db.outbox.toArray()

async function open(writable = true) {
  page = mount(PropuestasBody, { props: { campaign, writable, now: new Date() }, global })
  await vi.waitFor(() => expect(page.find('[role=status]').exists()).toBe(true), { timeout: 20_000 })
  await vi.waitFor(async () => expect(await db.isOpen()).toBe(true))
}
const pressed = () =>
  page.findAll('.answers button').map((one) => `${one.text()} ${one.attributes('aria-pressed')}`)

async function answer(helps: 'yes' | 'no') {
  await press(t(`helps.${helps}`))
  await vi.waitFor(() => expect(pressed()).toContain(`${t(`helps.${helps}`)} true`))
}
async function send() {
  await page.find('input[type=checkbox]').setValue(true)
  await press(t('taps.send', { count: 1 }))
  await vi.waitFor(async () => expect(await ops()).not.toEqual([]))
}

test('a tap is kept on this phone, opens no form, and is there again after the page was closed', async () => {
  await open()
  await answer('no')
  expect(page.emitted('write')).toBeUndefined()
  page.unmount()
  await open()
  await vi.waitFor(() => expect(pressed()).toEqual(['Sí false', 'En parte false', 'No true']))
  expect([status(), await ops()]).toEqual(['', []])
  await press(t('taps.why'))
  expect(page.emitted('write')).toEqual([[{ sobre: ACTION, ayuda: 'no' }]])
})

test('sending needs its own consent, which is not ticked', async () => {
  await open()
  await answer('yes')
  expect(page.find<HTMLInputElement>('input[type=checkbox]').element.checked).toBe(false)
  await press(t('taps.send', { count: 1 }))
  expect([await ops(), page.text()]).toEqual([[], expect.stringContaining(t('taps.consent.missing'))])
})

test('without signal answers wait on this phone; sent is said once the outbox is without them', async () => {
  await open()
  await answer('yes')
  await send()
  await vi.waitFor(() => expect(status()).toBe(t('taps.kept')))
  const [op] = await ops()
  expect(op).toMatchObject({
    kind: 'tap.answer',
    payload: {
      convocatoria_id: id,
      notice_hash: 'h2',
      locale: 'es-MX',
      consent: CONSENT,
      unlinked: { [ACTION]: 'yes' },
    },
  })
  expect(op!.secret).toMatch(/^[\w-]{22}$/u)
  await db.outbox.clear() // as an accepting verdict does
  await vi.waitFor(() => expect(status()).toBe(t('taps.sent')))
  expect(page.find('input[type=checkbox]').exists()).toBe(false)
  await answer('no')
  await send()
  const [next] = await ops()
  expect([next!.secret, next!.entity_id]).toEqual([op!.secret, op!.entity_id])
})

test('an answer that is tapped while the others are being handed over stays, and is sent next', async () => {
  await choose(id, ACTION, 'yes')
  const handing = sendTaps(material.convocatoria, material.notice)
  await choose(id, 'another', 'no')
  await handing
  expect(await tapsOf(id).read()).toMatchObject({
    chosen: { [ACTION]: 'yes', another: 'no' },
    isChanged: true,
    state: 'kept',
  })
})

test('what the server refused says why, and is sent again in the place of the refused op', async () => {
  await open()
  await answer('yes')
  await send()
  await db.outbox.toCollection().modify({ state: 'needs_person', code: 'notice_outdated' })
  await vi.waitFor(() => expect(status()).toBe(`${t('taps.failed')} ${refusalText('notice_outdated')}`))
  await vi.waitFor(() => expect(page.find('input[type=checkbox]').exists()).toBe(true))
  await send()
  await vi.waitFor(() => expect(status()).toBe(t('taps.kept')))
  expect(await ops()).toMatchObject([{ state: 'queued', payload: { unlinked: { [ACTION]: 'yes' } } }])
})

test('answers are taken back after the closing too, and the phone says so once they no longer count', async () => {
  await open()
  await answer('yes')
  await send()
  await db.outbox.clear()
  page.unmount()
  await open(false)
  await press(t('taps.withdraw'))
  await vi.waitFor(() => expect(status()).toBe(t('taps.kept')))
  expect(await ops()).toMatchObject([{ payload: { convocatoria_id: id, withdraw: true } }])
  await db.outbox.clear()
  await vi.waitFor(() => expect(status()).toBe(t('taps.withdrawn')))
  expect((await tapsOf(id).read()).isGiven).toBe(false)
})

test('the words of the consent belong to its version, which the server knows', () => {
  expect([CONSENT, t('taps.consent')]).toEqual([
    'ayuda-1',
    'Mis respuestas pueden mostrar mis opiniones políticas. Autorizo contarlas en esta consulta.',
  ])
  const sql = readFileSync('supabase/migrations/20261123006600_tap_answers.sql', 'utf8')
  expect(sql).toContain(`array['${CONSENT}']`)
})
