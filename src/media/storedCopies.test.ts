/** What verify-media finds in public copies as storage holds them, hostile ones too. The database judges by it (tests/sql/renditions). */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import type { Objects } from '../../supabase/functions/_shared/objects'
import { createHandler, type Found } from '../../supabase/functions/verify-media/handler'
import type { MediaJob } from '../../supabase/functions/verify-media/job'

const PROJECT = path.resolve(import.meta.dirname, '../..')
const clip = (name: string) => readFileSync(path.join(PROJECT, 'tests/media/clips', name))

/** What the function settles the check of these bytes with. */
async function found(bytes: Buffer): Promise<Found | null> {
  const job = { id: 1, kind: 'check', bucket: 'videos-intake', object: 'a', mime: 'video/mp4' } as MediaJob
  const queue = [job]
  let settled: Found | null = null
  const handle = createHandler({
    callerSecret: 'shown',
    takeJobs: async () => queue.splice(0, 1),
    settleJob: async (_, result) => void (settled = result),
    objects: {
      read: async () => new Blob([bytes as Uint8Array<ArrayBuffer>]).stream(),
      readRange: async (_: string, __: string, from: number, to: number) =>
        new DataView(new Uint8Array(bytes.subarray(from, to)).buffer),
    } as unknown as Objects,
  })
  await handle(new Request('http://localhost/', { method: 'POST', headers: secretHeader('shown') }))
  return settled
}

interface Part {
  type: string
  bytes: Buffer
}
function partsOf(bytes: Buffer): Part[] {
  const parts: Part[] = []
  for (let at = 0; at + 8 <= bytes.length; at += bytes.readUInt32BE(at))
    parts.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      bytes: bytes.subarray(at, at + bytes.readUInt32BE(at)),
    })
  return parts
}

/** The same file with its index at the end, and the places in it moved back. */
function indexLast(bytes: Buffer): Buffer {
  const parts = partsOf(bytes)
  const moov = Buffer.from(parts.find(({ type }) => type === 'moov')!.bytes)
  for (let at = moov.indexOf('stco'); at >= 0; at = moov.indexOf('stco', at + 1))
    for (let entry = 0; entry < moov.readUInt32BE(at + 8); entry += 1) {
      const place = at + 12 + entry * 4
      moov.writeUInt32BE(moov.readUInt32BE(place) - moov.length, place)
    }
  return Buffer.concat([...parts.filter(({ type }) => type !== 'moov').map((one) => one.bytes), moov])
}

/** The same file whose container says another size than its picture is coded in. */
function lying(bytes: Buffer, width: number, height: number): Buffer {
  const told = Buffer.from(bytes)
  const entry = told.indexOf('avc1', told.indexOf('stsd')) - 4
  told.writeUInt16BE(width, entry + 32)
  told.writeUInt16BE(height, entry + 34)
  return told
}

test.each(['prepared.mp4', '../../../supabase/samples/demo/v01.mp4'])('%s is a public copy', async (name) => {
  const facts = await found(clip(name))
  expect(facts).toMatchObject({ tells: [], picture: 'avc', index_first: true, lines: expect.any(Number) })
  expect(facts!.lines).toBeLessThanOrEqual(720)
})

test.each([
  ['with its index last', indexLast(clip('prepared.mp4')), { index_first: false, tells: [] }],
  ['of fragments', clip('fragments.mp4'), { index_first: false }],
  ['of 1080 lines', clip('tall.mp4'), { lines: 1080, index_first: true }],
  ['of 1080 lines that says 720', lying(clip('tall.mp4'), 1280, 720), { lines: 1080 }],
  ['of 180 lines that says 1080', lying(clip('prepared.mp4'), 1920, 1080), { lines: 1080 }],
  ['with Opus', clip('opus.mp4'), { sound: 'opus', index_first: true }],
  ['with HEVC', clip('hevc.mp4'), { picture: 'hevc', lines: null }],
  ['that ends early', clip('prepared.mp4').subarray(0, 6000), { tells: ['truncated'] }],
  ['of noise', Buffer.alloc(4096, 7), { tells: ['unreadable'], lines: null, index_first: false }],
])('a copy %s is told apart', async (_, bytes, facts) => {
  expect(await found(bytes)).toMatchObject(facts)
})

test('parameters that lead nowhere end the look, and not the function', async () => {
  const bytes = Buffer.from(clip('prepared.mp4'))
  const parameters = bytes.indexOf('avcC') + 4
  bytes.fill(0, parameters + 8, parameters + 24)
  expect(await found(bytes)).toMatchObject({ lines: null })
})
