// @vitest-environment happy-dom
/** A campaign of which this phone keeps no copy. */
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { defineComponent } from 'vue'
import { beforeEach, expect, test, vi } from 'vitest'
import { rpc } from '@/data/rpc'
import { Fault } from '@/domain/fault'
import { useSyncStore } from '@/sync/syncStore'
import { material } from './testing/material'
import { useCampaign } from './useCampaign'

vi.mock('@/data/rpc', () => ({ rpc: vi.fn<typeof rpc>() }))
/** What a cycle does on a full disk: it reads the changes and can keep none. */
vi.mock('@/sync/start', () => ({
  syncNow: () => Promise.resolve(useSyncStore().cycleBroke('storage_full')),
}))

const { convocatoria, notice } = material
const put = (entity: string, row: { id: string }) => ({ op: 'put', entity, id: row.id, row })
const answer = {
  pulls: [
    {
      scope: 'public',
      status: 'ok',
      more: false,
      changes: [put('convocatoria', convocatoria), put('notice', notice)],
    },
  ],
}

const show = (slug: string) => {
  let found!: ReturnType<typeof useCampaign>
  mount(
    defineComponent(() => {
      found = useCampaign(slug)
      return () => null
    }),
    { global: { plugins: [createPinia()] } },
  )
  return found
}

beforeEach(() => setActivePinia(createPinia()))

test('a full disk keeps no copy of a campaign, and it is shown as the server tells it', async () => {
  vi.mocked(rpc).mockRejectedValueOnce(new Fault('offline', true)).mockResolvedValue(answer)
  const { campaign, state, retry } = show(convocatoria.slug)
  await vi.waitFor(() => expect(state.value).toBe('failed'))
  await retry()
  expect(state.value).toBe('ready')
  expect(campaign.value).toMatchObject({ convocatoria, notice })
})

test('a campaign that the server does not name is not shown', async () => {
  vi.mocked(rpc).mockResolvedValue(answer)
  const { campaign, state } = show('otra')
  await vi.waitFor(() => expect(state.value).toBe('failed'))
  expect(campaign.value).toBeNull()
})
