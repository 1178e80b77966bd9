/**
 * Every Edge Function under Deno, as Supabase runs it: it loads with its import map, answers, and stays within 2 s of CPU
 * a call. `npm run test:deno`, not part of `npm test`; skipped where there is no Deno (`DENO=<program>` names one).
 */
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cleanMp4 } from '../media/builtClips'
import { FakeProject, findDeno, startFunction, type RunningFunction } from './project'

const deno = findDeno()
if (!deno) console.info('skipped: there is no Deno here. Install it, or name the program in DENO.')

const CLIPS = join(import.meta.dirname, '../media/clips')
const HEAVY_BYTES = 150_000_000
const CPU_LIMIT_MS = 2_000

const project = new FakeProject()
let address: string
let folder: string
let running: RunningFunction | undefined

beforeAll(async () => {
  address = await project.listen()
  folder = mkdtempSync(join(tmpdir(), 'convoca-deno-'))
})
afterAll(async () => {
  await running?.stop()
  project.close()
  rmSync(folder, { recursive: true })
})

async function start(name: string): Promise<RunningFunction> {
  await running?.stop()
  running = undefined
  return (running = await startFunction(deno!, name, address))
}

const post = (url: string) =>
  fetch(url, {
    method: 'POST',
    body: '{}',
    headers: { 'x-jobs-secret': 'shown', 'content-type': 'application/json' },
  })

describe.skipIf(!deno)('under Deno', () => {
  test.each([
    ['accept-invitation', 400, { message: 'malformed_op' }],
    ['calendar', 405, { message: 'Method not allowed' }],
    ['open-data', 200, { done: 0, failed: 0 }],
    ['mail-events', 401, { message: 'Invalid signature' }],
    ['send-mail', 200, { sent: 0, failed: 0 }],
    ['sign', 400, { message: 'malformed_op' }],
    ['verify-files', 200, { done: 0, failed: 0 }],
    ['verify-media', 200, { done: 0, failed: 0 }],
  ])('%s loads and answers', async (name, status, answer) => {
    const response = await post((await start(name)).url)
    expect([response.status, await response.json()]).toEqual([status, expect.objectContaining(answer)])
  })

  test('unsubscribe loads and sends a visitor to the app', async () => {
    const response = await fetch((await start('unsubscribe')).url, { redirect: 'manual' })
    expect(response.headers.get('location')).toMatch(/^https:\/\/participa\.example\//u)
  })

  test('verify-media checks 150 MB within 2 s of CPU a call, and finds a place', async () => {
    const { url, cpuMs, peakMb } = await start('verify-media')
    const heavy = join(folder, 'heavy.mp4')
    writeFileSync(heavy, await cleanMp4(new Uint8Array(readFileSync(join(CLIPS, 'filmed.mp4'))), HEAVY_BYTES))
    for (const [file, tells] of [
      [heavy, []],
      [join(CLIPS, 'xyz.mp4'), ['tags', 'device']],
    ] as const) {
      project.file = file
      project.jobs = [
        { id: 1, kind: 'verify', bucket: 'b', object: 'o', public_object: 'p.mp4', poster: null },
      ]
      project.settled = []
      const before = cpuMs()
      expect(await (await post(url)).json()).toEqual({ done: 1, failed: 0 })
      const used = cpuMs() - before
      console.info(`${file.split('/').pop()}: ${used} ms of CPU, at most ${Math.round(peakMb())} MB`)
      expect(project.settled).toMatchObject([{ p_error: null, p_result: { tells, picture: 'avc' } }])
      expect(used).toBeLessThan(CPU_LIMIT_MS)
    }
  })
})
