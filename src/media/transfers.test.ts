import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import { effectScope, type EffectScope } from 'vue'
import { db, type MediaRow } from '@/data/db'
import type { MediaCode } from '@/domain/mediaCodes'
import { makeOp } from '@/sync/enqueue'
import { wipe } from '@/sync/testing/phone'
import { freeMedia } from './holds'
import { stageMedia } from './store'
import { bytesOf, mediaRow, sealed, transferOf } from './testing/sender'
import {
  cancelTransfer,
  pauseTransfer,
  resumeTransfer,
  setWifiOnly,
  type TransferReason,
  type TransferState,
} from './transfers'
import { useTransfersStore } from './transfersStore'
import { useTransfer } from './useTransfer'

const PATIENT = { timeout: 20_000 }

beforeEach(async () => {
  await wipe()
  setActivePinia(createPinia())
})

test('the bytes of a kind that only a newer version knows wait for it, and go once it is known', async () => {
  await sealed('s1', bytesOf(10))
  await db.items.update('s1', { kind: 'encuestas' })
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'waiting', reason: 'kind_unknown' })
  expect(await freeMedia('other')).toEqual([])
  await db.items.update('s1', { kind: 'videos' })
  expect(await freeMedia('other')).toHaveLength(1)
})

const given = (change: Partial<MediaRow>) => db.media.toCollection().modify(change)

test.each<[string, Partial<MediaRow>, TransferState, TransferReason | null]>([
  ['its turn', {}, 'waiting', null],
  ['nothing, it travels', { state: 'patching', upload_url: 'x' }, 'sending', null],
  ['signal', { state: 'probing', not_before: 5, code: 'offline' }, 'waiting', 'offline'],
  ['the person, who paused it', { state: 'probing', paused: true, code: 'offline' }, 'paused', null],
  ['Wi-Fi', { wifi_only: true }, 'waiting', 'wifi'],
  [
    'the person, who must act',
    { state: 'needs_person', code: 'media_expired' },
    'needs_person',
    'media_expired',
  ],
  ['nobody any more', { state: 'uploaded', offset: 10 }, 'uploaded', null],
])('a video that waits for %s says so', async (_, change, state, reason) => {
  await sealed('s1', bytesOf(10))
  await given(change)
  expect(await transferOf('s1', 'cellular')).toMatchObject({ mediaId: 'media-s1', state, reason, total: 10 })
})

test('before it is sent, while its text waits, and where the network is unknown', async () => {
  await stageMedia({ id: 'm', submissionId: 's1', file: new Blob([bytesOf(10)]), mime: 'video/mp4' })
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'waiting', reason: 'draft' })
  await wipe()
  await sealed('s1', bytesOf(10))
  await given({ wifi_only: true })
  expect(await transferOf('s1', 'unknown')).toMatchObject({ reason: 'network_unknown' })
  await db.outbox.add(makeOp({ kind: 'video.submit', entity_id: 's1', payload: {} }, '2026-01-01T00:00:00Z'))
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'waiting', reason: 'text_first' })
  expect(await transferOf('s2', 'other')).toBeNull()
})

test('a server that refused to hear that every byte is there is a reason, and asked again it may', async () => {
  await sealed('s1', bytesOf(10))
  await given({ state: 'uploaded', upload_url: 'x', offset: 10 })
  const attach = { kind: 'video.attach' as const, entity_id: 's1', payload: {} }
  await db.outbox.add(makeOp(attach, '2026-01-01T00:00:00Z'))
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'uploaded', reason: null })
  await db.outbox.toCollection().modify({ state: 'needs_person', code: 'upload_missing' })
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'needs_person', reason: 'upload_missing' })
  await resumeTransfer('s1')
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'waiting', reason: null, sent: 0 })
  expect(await db.outbox.count()).toBe(0)
})

test('the person pauses, goes on, keeps mobile data, cancels: the video stays, from its first byte', async () => {
  await sealed('s1', bytesOf(10))
  await pauseTransfer('s1')
  expect(await mediaRow('s1')).toMatchObject({ paused: true })
  await given({ not_before: 99 })
  await resumeTransfer('s1')
  expect(await mediaRow('s1')).toMatchObject({ paused: false, not_before: 0 })
  await setWifiOnly('s1', true)
  expect(await mediaRow('s1')).toMatchObject({ wifi_only: true })
  await given({ state: 'patching', upload_url: 'x', offset: 5 })
  await cancelTransfer('s1')
  expect(await mediaRow('s1')).toMatchObject({ state: 'sealed', upload_url: null, offset: 0 })
  expect([await db.media.count(), await db.mediaChunks.count()]).toEqual([1, 1])
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'paused', cancelled: true, sent: 0 })
  await given({ state: 'uploaded', offset: 10 })
  await cancelTransfer('s1')
  expect(await mediaRow('s1'), 'too late: the server has it').toMatchObject({ state: 'uploaded', offset: 10 })
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'uploaded', cancelled: false })
})

test.each<[MediaCode, MediaRow['state']]>([
  ['upload_denied', 'probing'],
  ['media_expired', 'needs_person'],
  ['media_mismatch', 'needs_person'],
  ['media_type_unsupported', 'needs_person'],
])('stopped by %s and asked to go on it is %s', async (code, state) => {
  await sealed('s1', bytesOf(10))
  await given({ state: 'needs_person', code, upload_url: 'x' })
  await resumeTransfer('s1')
  expect(await mediaRow('s1')).toMatchObject({ state })
})

async function shown(work: (used: ReturnType<typeof useTransfer>) => Promise<void>): Promise<void> {
  const scope: EffectScope = effectScope()
  await work(scope.run(() => useTransfer('s1'))!).finally(() => scope.stop())
}

test('a screen sees whole percents of what the server has, and 100 only at the end', async () => {
  await sealed('s1', bytesOf(1_000))
  await given({ state: 'patching', upload_url: 'x', offset: 300 })
  await shown(async ({ transfer, networkKnown, pause }) => {
    expect(transfer.value).toBeNull()
    await vi.waitFor(
      () => expect(transfer.value).toMatchObject({ state: 'sending', sent: 300, percent: 30 }),
      PATIENT,
    )
    useTransfersStore().bytesLeft('media-s1', 999)
    expect(transfer.value, 'what has left may not have arrived').toMatchObject({ sent: 300, percent: 30 })
    expect(networkKnown.value).toBe(false)
    await pause()
    await vi.waitFor(() => expect(transfer.value).toMatchObject({ state: 'paused' }), PATIENT)
    await given({ offset: 1_000, paused: false })
    await vi.waitFor(() => expect(transfer.value).toMatchObject({ state: 'sending', percent: 99 }), PATIENT)
    await given({ state: 'uploaded' })
    await vi.waitFor(() => expect(transfer.value).toMatchObject({ state: 'uploaded', percent: 100 }), PATIENT)
  })
})
