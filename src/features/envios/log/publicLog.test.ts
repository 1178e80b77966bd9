// @vitest-environment happy-dom
/** The row of the folio page: what it claims in each state, what it remembers, and what it hands over. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import axe from 'axe-core'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { useInstitutionStore } from '@/data/institutionStore'
import { keepHead, seenHead } from '@/data/publicLog'
import { RpcFault } from '@/data/rpc'
import type { LogProof } from '@/domain/publicLog'
import type { Bootstrap } from '@/domain/rows'
import words from '@/i18n/es-MX/publicLog.json'
import { answerOf, KEYS, makeWorld } from '../../../../tests/support/merkleWorld'
import PublicLog from './PublicLog.vue'
import type { Evidence } from './useLogCheck'

const { rpc, rpcGet, files } = vi.hoisted(() => ({
  rpc: vi.fn<(name: string, args: object) => Promise<LogProof>>(),
  rpcGet: vi.fn<() => Promise<object>>(),
  files: [] as Blob[],
}))
vi.mock('@/data/rpc', async (original) => ({ ...(await original<object>()), rpc, rpcGet }))
vi.mock('@/data/items', () => ({ getItem: async () => ({ secret: 's3' }) }))
vi.mock('@/campaign/submission/ownData', () => ({
  downloadFile: (_: string, file: Blob) => files.push(file),
}))

const world = makeWorld(37, 61, 12)

beforeEach(async () => {
  setActivePinia(createPinia())
  useInstitutionStore().take({ signing_keys: KEYS } as Bootstrap)
  files.length = 0
  await db.meta.clear()
  rpc.mockReset()
  rpc.mockResolvedValue(world.proof)
  rpcGet.mockReset()
  rpcGet.mockResolvedValue({ signing_keys: KEYS })
})

async function open({ usted = false, own = world.own } = {}) {
  const page = mount(PublicLog, { props: { id: 'a', own, usted }, attachTo: document.body })
  const settled = async () => {
    await vi.waitFor(() => expect(page.text()).not.toContain(words.checking))
    await flushPromises()
  }
  await settled()
  const press = async (text: string) => {
    await page
      .findAll('button')
      .find((one) => one.text() === text)!
      .trigger('click')
    await settled()
  }
  return { page, press }
}
const saved = async () => JSON.parse(await files[0]!.text()) as Evidence

test('a phone that looks for the first time says where the step is, and remembers the head', async () => {
  const { page, press } = await open()
  expect(rpc).toHaveBeenCalledWith('log_proof', { p_folio: world.own.folio, p_secret: 's3', p_known: 0 })
  expect(page.text()).toContain(words['included.tu'])
  expect(page.text()).toContain('viernes 27 de noviembre de 2026, en el lugar 13')
  expect(page.text()).toContain(words.first)
  expect(await seenHead()).toEqual(world.proof.head)
  await press(words['save.receipt'])
  expect(await saved()).toEqual({ format: 'convoca.log', proof: world.proof, seen: null })
  expect((await axe.run(page.element)).violations).toEqual([])
  page.unmount()
})

test('the next look asks from the head that was seen and says that the log only grew', async () => {
  await keepHead(world.seen)
  const { page } = await open({ usted: true })
  expect(rpc).toHaveBeenCalledWith('log_proof', expect.objectContaining({ p_known: 37 }))
  expect(page.text()).toContain(words['included.usted'])
  expect(page.text()).toContain('sábado 28 de noviembre de 2026: nada de lo anterior cambió')
  page.unmount()
})

test('a rewritten log is said plainly, the proof can be kept, and the next look fails too', async () => {
  await keepHead(world.seen)
  const entries = world.entries.toSpliced(3, 1)
  rpc.mockResolvedValue(answerOf(entries, 37, 11))
  const { page, press } = await open()
  expect(page.get('[role=alert]').text()).toContain(words['failed.history'])
  expect(page.text()).toContain(words['failed.next'])
  expect(page.text()).not.toContain(words['included.tu'])
  expect(await seenHead()).toEqual(world.seen)
  await press(words['save.proof'])
  expect(await saved()).toMatchObject({ failed: 'history', seen: world.seen })
  await press(words.again)
  expect(page.text()).toContain(words['failed.history'])
  page.unmount()
})

test('what came after the last head waits, and what is erased says so', async () => {
  rpc.mockResolvedValue({ ...world.proof, steps: [], waiting: 1 })
  const { page } = await open({ own: { ...world.own, received_at: '2026-11-29T20:00:00Z' } })
  expect(page.text()).toContain(words.waiting)
  page.unmount()
  await db.meta.clear()
  const erased = await open({ own: { ...world.own, erased: true } })
  expect(erased.page.text()).toContain(words.erased)
  erased.page.unmount()
})

test('without an answer nothing is claimed and nothing is remembered', async () => {
  rpc.mockRejectedValueOnce(new RpcFault('offline', true))
  const { page, press } = await open()
  expect(page.get('[role=alert]').text()).toBe(words.unreachable)
  expect(await seenHead()).toBeUndefined()
  await press(words.again)
  expect(page.text()).toContain(words['included.tu'])
  page.unmount()
})

test('a key that came since is fetched; a head that no published key signed is a failure', async () => {
  useInstitutionStore().take({ signing_keys: [] } as unknown as Bootstrap)
  const { page } = await open()
  expect(page.text()).toContain(words['included.tu'])
  page.unmount()
  useInstitutionStore().take({ signing_keys: [] } as unknown as Bootstrap)
  rpcGet.mockResolvedValue({ signing_keys: [] })
  const other = await open()
  expect(other.page.text()).toContain(words['failed.signature'])
  other.page.unmount()
})
