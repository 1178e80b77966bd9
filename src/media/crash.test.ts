/** After kills and faults in any order the sealed bytes arrive once, and few are sent twice. */
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { dieAfter, hasDied, makeMortal } from '@/sync/testing/crash'
import { wipe } from '@/sync/testing/phone'
import { runs, SEED } from '@/sync/testing/seed'
import { CHUNK_BYTES } from './tus'
import { FAULTS, SendingPhone, bytesOf, mediaRow, sealed, type UploadFault } from './testing/sender'
import { TusServer } from './testing/tusServer'

const BYTES = bytesOf(CHUNK_BYTES + 777)

makeMortal()

let server: TusServer

beforeEach(async () => {
  await wipe()
  server = new TusServer()
  await server.listen()
})
afterEach(() => server.close())

/** Checks what must hold at any time. */
async function check(phone: SendingPhone, id: string, sha256: string, losses: number): Promise<void> {
  const media = (await mediaRow('s1'))!
  expect(media.offset).toBeLessThanOrEqual(media.bytes)
  const ops = await db.outbox.filter((op) => op.kind === 'video.attach').count()
  expect(ops, 'the op exists exactly when the video is uploaded').toBe(media.state === 'uploaded' ? 1 : 0)
  if (media.state === 'uploaded') expect(server.objects.get(id)?.sha256).toBe(sha256)
  expect(phone.bytesSent).toBeLessThanOrEqual(BYTES.length + losses * CHUNK_BYTES)
}

/** Runs one process. It dies at the given database call or with a request, or ends. Returns whether it died. */
async function runProcess(phone: SendingPhone, steps: number, plan: UploadFault[]): Promise<boolean> {
  phone.plan = [...plan]
  phone.clock += 6 * 60_000
  dieAfter(steps)
  await phone.run().catch((error: unknown) => {
    if (!hasDied()) throw error
  })
  const died = hasDied()
  phone.reboot()
  phone.plan = []
  return died
}

test('an upload killed at any database call arrives complete and sends at most one chunk again', async () => {
  for (let steps = 0; ; steps += 1) {
    await wipe()
    const { id, sha256 } = await sealed('s1', BYTES)
    server.objects.clear()
    const phone = new SendingPhone(server)
    const died = await runProcess(phone, steps, [])
    await check(phone, id, sha256, 1)
    await phone.settle()
    await check(phone, id, sha256, 1)
    expect(await mediaRow('s1')).toMatchObject({ state: 'uploaded' })
    if (!died) break
  }
}, 180_000)

const step = fc.record({
  steps: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(Infinity)),
  plan: fc.array(fc.constantFrom(...FAULTS), { maxLength: 4 }),
  forget: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
})

test('an upload arrives complete after random kills, faults and expired addresses', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (processes) => {
      await wipe()
      server.objects.clear()
      const { id, sha256 } = await sealed('s1', BYTES)
      const phone = new SendingPhone(server)
      let losses = 0
      for (const { steps, plan, forget } of processes) {
        if (forget) {
          await server.forget()
          losses += 3 // the upload starts again from byte 0
        }
        const died = await runProcess(phone, steps, plan)
        losses += (died ? 1 : 0) + plan.filter((fault) => fault !== 'ok').length
        await check(phone, id, sha256, losses)
      }
      await phone.settle()
      await check(phone, id, sha256, losses)
      expect(await mediaRow('s1')).toMatchObject({ state: 'uploaded', offset: BYTES.length })
    }),
    { numRuns: runs(50), seed: SEED },
  )
}, 3_600_000)
