// @vitest-environment happy-dom
/** What a stranger reads of a constancia, whatever their device keeps. */
import { flushPromises, mount } from '@vue/test-utils'
import axe from 'axe-core'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useInstitutionStore } from '@/data/institutionStore'
import { learnClock } from '@/data/serverClock'
import type { Bootstrap } from '@/domain/rows'
import words from '@/i18n/es-MX/verificar.json'
import { toBase64url } from '../../../supabase/functions/_shared/signed/base64url'
import { type Ended, writeRevocations } from '../../../supabase/functions/_shared/signed/revocations'
import { signerOf } from '../../../supabase/functions/sign/keys'
import VerificarView from './VerificarView.vue'

const { rpcGet } = vi.hoisted(() => ({ rpcGet: vi.fn<(fn: string) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpcGet }))

const KEY = signerOf({ '2026-06-01': '07'.repeat(32) })!
const LABEL = 'Demostración: texto sin validez'
const FACTS = `Ñandú Pérez\n2026-11-20 2026-11-21\n270\nJornadas\nInstituto\n${LABEL}`
const TEXT = `convoca:constancia:1\n${KEY.id}\n0123456789\n7\n2026-11-22\n${FACTS}`
const CODE = `${toBase64url(new TextEncoder().encode(TEXT))}.${toBase64url(Buffer.from(KEY.sign(TEXT), 'hex'))}`
const KEYS = [{ id: KEY.id, public_key: KEY.publicKey }]

function listOf(ended: Ended[]) {
  const text = writeRevocations({ signed_at: '2026-11-28T18:00:00Z', issuer: 'Instituto', ended }, KEY.id)
  return { text, signature: KEY.sign(text) }
}

beforeEach(() => {
  setActivePinia(createPinia())
  learnClock('2026-11-29T18:00:00Z', performance.now())
  rpcGet.mockReset()
  rpcGet.mockResolvedValue(listOf([]))
})

async function open(hash: string, signing_keys: typeof KEYS | null = KEYS) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: { template: '<i/>' } },
      { path: '/verificar', component: VerificarView },
    ],
  })
  useInstitutionStore().take({ ...(signing_keys && { signing_keys }) } as Bootstrap)
  await router.push(`/verificar${hash && `#${hash}`}`)
  const screen = mount(VerificarView, { global: { plugins: [router] } })
  const verdict = async () => {
    await vi.waitFor(() => expect(screen.find('[role=status]').exists()).toBe(true))
    await flushPromises()
    return screen.get('[role=status]')
  }
  return { screen, router, verdict }
}

test('a valid constancia says what it certifies, for whom, and of when the list is', async () => {
  const { screen, verdict } = await open(CODE)
  await vi.waitFor(async () => expect((await verdict()).text()).toContain(words.valid))
  expect((await verdict()).classes()).toContain('notice-good')
  expect((await verdict()).text()).toContain('sábado 28 de noviembre de 2026, 12:00')
  for (const part of ['Ñandú Pérez', '4 h 30 min', 'sábado 21 de noviembre de 2026', '0123456789', LABEL])
    expect(screen.text()).toContain(part)
  expect(screen.text()).toContain('No es una firma electrónica avanzada')
})

test('a recognition says what it is for and where it was spread, and nothing of days or hours', async () => {
  const facts = `reconocimiento\nColectivo Río\nUn video del agua\nhttps://a.mx/nota https://b.mx/radio\nVideos\nInstituto\n`
  const text = `convoca:constancia:2\n${KEY.id}\n0123456789\n8\n2026-11-22\n${facts}`
  const { screen, verdict } = await open(
    `${toBase64url(new TextEncoder().encode(text))}.${toBase64url(Buffer.from(KEY.sign(text), 'hex'))}`,
  )
  await vi.waitFor(async () => expect((await verdict()).text()).toContain(words.valid))
  for (const part of [
    'Colectivo Río',
    words.work,
    'Un video del agua',
    words.links,
    'https://b.mx/radio',
    words.campaign,
  ])
    expect(screen.text()).toContain(part)
  for (const part of [words.event, words.days, words.hours])
    expect(screen.find('dl').text()).not.toContain(part)
})

test.each<[string, Ended, string]>([
  ['revoked', [7, false], words['revoked.text']],
  ['superseded', [7, true], words['superseded.text']],
])('a constancia that was %s says so in red', async (_, ended, sentence) => {
  rpcGet.mockResolvedValue(listOf([ended]))
  const { verdict } = await open(CODE)
  await vi.waitFor(async () => expect((await verdict()).text()).toContain(sentence))
  expect((await verdict()).classes()).toContain('notice-bad')
})

test('without the list the signature holds, and the page says that revocation is unknown', async () => {
  rpcGet.mockRejectedValue(new Error('offline'))
  const { verdict } = await open(CODE)
  await vi.waitFor(async () => expect((await verdict()).text()).toContain(words.unlisted))
  expect((await verdict()).classes()).toContain('notice-warn')
})

test('a list of more than three days is said to be old', async () => {
  learnClock('2026-12-03T18:00:00Z', performance.now())
  const { verdict } = await open(CODE)
  await vi.waitFor(async () =>
    expect((await verdict()).text()).toContain('Lo que se revocó después no aparece'),
  )
})

test.each([
  ['altered', `A${CODE.slice(1)}`, KEYS, words.damaged],
  ['signed by somebody else', CODE, [{ ...KEYS[0]!, id: '2020-01-01' }], words.unknown_signer],
])('a constancia that is %s is refused', async (_, code, keys, title) => {
  const { screen, verdict } = await open(code, keys)
  expect((await verdict()).text()).toContain(title)
  expect(screen.text()).not.toContain('Ñandú')
})

test('a device without the keys asks for signal and judges nothing', async () => {
  const { verdict } = await open(CODE, null)
  expect((await verdict()).text()).toContain(words.no_keys)
})

test('a code that the camera reads is judged, and the camera closes', async () => {
  const { screen, router, verdict } = await open('')
  expect(screen.find('video').exists()).toBe(false)
  await screen
    .findAll('button')
    .find((one) => one.text() === words['camera.open'])!
    .trigger('click')
  const ScanConstancia = (await import('./ScanConstancia.vue')).default
  await vi.waitFor(() => expect(screen.findComponent(ScanConstancia).exists()).toBe(true))
  screen.findComponent(ScanConstancia).vm.$emit('code', `https://otra.example/verificar#${CODE}`)
  await vi.waitFor(() => expect(router.currentRoute.value.hash).toBe(`#${CODE}`))
  await vi.waitFor(async () => expect((await verdict()).text()).toContain(words.valid))
  expect(screen.find('video').exists()).toBe(false)
})

test('a pasted link is judged, and nothing of it is sent', async () => {
  const { screen, router, verdict } = await open('')
  await screen.get('#verify-code').setValue(` https://otra.example/verificar#${CODE} `)
  await screen.get('form').trigger('submit')
  await vi.waitFor(() => expect(router.currentRoute.value.hash).toBe(`#${CODE}`))
  await vi.waitFor(async () => expect((await verdict()).text()).toContain(words.valid))
  expect(rpcGet.mock.calls).toEqual([['revoked_constancias']])
})

test.each([
  ['a verdict', CODE],
  ['the field for a code', ''],
])('axe finds nothing on the page with %s', async (_, hash) => {
  const { screen, verdict } = await open(hash)
  if (hash) await verdict()
  document.body.replaceChildren(screen.element)
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
})
