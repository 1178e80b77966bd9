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

const TIMEOUT = { timeout: 20_000 }

beforeEach(async () => {
  await wipe()
  setActivePinia(createPinia())
})

test('a video of an unknown kind waits until a version of the app knows the kind', async () => {
  await sealed('s1', bytesOf(10))
  await db.items.update('s1', { kind: 'encuestas' })
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'waiting', reason: 'kind_unknown' })
  expect(await freeMedia('other')).toEqual([])
  await db.items.update('s1', { kind: 'videos' })
  expect(await freeMedia('other')).toHaveLength(1)
})

const given = (change: Partial<MediaRow>) => db.media.toCollection().modify(change)

test.each<[string, Partial<MediaRow>, TransferState, TransferReason | null]>([
  ['waits for its turn', {}, 'waiting', null],
  ['is being sent', { state: 'patching', upload_url: 'x' }, 'sending', null],
  ['waits for a connection', { state: 'probing', not_before: 5, code: 'offline' }, 'waiting', 'offline'],
  ['is paused', { state: 'probing', paused: true, code: 'offline' }, 'paused', null],
  ['waits for Wi-Fi', { wifi_only: true }, 'waiting', 'wifi'],
  ['needs the person', { state: 'needs_person', code: 'media_expired' }, 'needs_person', 'media_expired'],
  ['has been uploaded', { state: 'uploaded', offset: 10 }, 'uploaded', null],
])('the transfer of a video that %s has this state and reason', async (_, change, state, reason) => {
  await sealed('s1', bytesOf(10))
  await given(change)
  expect(await transferOf('s1', 'cellular')).toMatchObject({ mediaId: 'media-s1', state, reason, total: 10 })
})

test('a transfer names the reason: a draft, its text first, or an unknown network', async () => {
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

test('a refused announcement of the upload is a reason, and resuming uploads again', async () => {
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

test('the video stays on the phone when the person pauses, resumes, chooses Wi-Fi or cancels', async () => {
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
  expect(await mediaRow('s1'), 'a complete upload is not cancelled').toMatchObject({
    state: 'uploaded',
    offset: 10,
  })
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'uploaded', cancelled: false })
})

test.each<[MediaCode, MediaRow['state']]>([
  ['upload_denied', 'probing'],
  ['media_expired', 'needs_person'],
  ['media_mismatch', 'needs_person'],
  ['media_type_unsupported', 'needs_person'],
])('a video stopped by %s has the state %s after resuming', async (code, state) => {
  await sealed('s1', bytesOf(10))
  await given({ state: 'needs_person', code, upload_url: 'x' })
  await resumeTransfer('s1')
  expect(await mediaRow('s1')).toMatchObject({ state })
})

async function withTransfer(work: (used: ReturnType<typeof useTransfer>) => Promise<void>): Promise<void> {
  const scope: EffectScope = effectScope()
  await work(scope.run(() => useTransfer('s1'))!).finally(() => scope.stop())
}

test('a screen shows whole percent of confirmed bytes, and 100 only after the upload', async () => {
  await sealed('s1', bytesOf(1_000))
  await given({ state: 'patching', upload_url: 'x', offset: 300 })
  await withTransfer(async ({ transfer, networkKnown, pause }) => {
    expect(transfer.value).toBeNull()
    await vi.waitFor(
      () => expect(transfer.value).toMatchObject({ state: 'sending', sent: 300, percent: 30 }),
      TIMEOUT,
    )
    useTransfersStore().bytesLeft('media-s1', 999)
    expect(transfer.value, 'bytes that left are not confirmed').toMatchObject({ sent: 300, percent: 30 })
    expect(networkKnown.value).toBe(false)
    await pause()
    await vi.waitFor(() => expect(transfer.value).toMatchObject({ state: 'paused' }), TIMEOUT)
    await given({ offset: 1_000, paused: false })
    await vi.waitFor(() => expect(transfer.value).toMatchObject({ state: 'sending', percent: 99 }), TIMEOUT)
    await given({ state: 'uploaded' })
    await vi.waitFor(() => expect(transfer.value).toMatchObject({ state: 'uploaded', percent: 100 }), TIMEOUT)
  })
})
