import 'fake-indexeddb/auto'
import { effectScope } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useSyncState } from './syncState'
import { Phone, silent, submit, wipe } from './testing/phone'

const PATIENT = { timeout: 20_000 }

const scope = effectScope()
const phone = new Phone()

beforeEach(async () => {
  await wipe()
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('addEventListener', silent)
  vi.stubGlobal('removeEventListener', silent)
})
afterEach(() => vi.unstubAllGlobals())

test('the screen is told the truth about signal, news and their age', async () => {
  const state = scope.run(useSyncState)!
  expect([state.online.value, state.upToDate.value, state.lastSyncedAt.value]).toEqual([true, false, null])

  await submit('s1', { text: 'x' })
  phone.network.plan = ['lost']
  await phone.cycle()
  await vi.waitFor(() => expect(state.online.value, 'a browser that claims signal').toBe(false), PATIENT)

  phone.clock += 60_000
  await phone.cycle()
  await vi.waitFor(() => expect(state.upToDate.value).toBe(true), PATIENT)
  expect(state.online.value).toBe(true)
  await vi.waitFor(() => expect(state.syncing.value).toBe(false), PATIENT)
  expect(state.lastSyncedAt.value).toBeInstanceOf(Date)

  const told = phone.server.pullChanges.bind(phone.server)
  vi.spyOn(phone.server, 'pullChanges').mockImplementation((pulls) => ({ ...told(pulls), watermark_age: 45 }))
  await phone.cycle()
  await vi.waitFor(
    () => expect(state.upToDate.value, 'an open writer hides 45 s of news').toBe(false),
    PATIENT,
  )
  expect(state.watermarkAge.value).toBe(45)
  scope.stop()
})
