/** The command that makes the public copies that are missing: what it fetches, sends and reports. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { makeMissing } from './rendition'
import type { MadeCopy } from './rendition/make'

afterEach(() => vi.unstubAllGlobals())

const video = (folio: string) => ({ id: `id-${folio}`, folio, media_id: `m-${folio}`, bytes: 9_000_000 })
const COPY: MadeCopy = {
  bytes: Buffer.from('copy'),
  sha256: 'a'.repeat(64),
  duration_ms: 60_000,
  width: 720,
  height: 1280,
}

/** Runs the command against a server that has these originals. `make` may fail for one. */
async function run(folios: string[], make: (from: string, to: string) => Promise<MadeCopy>) {
  const asked: { path: string; body: unknown }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = url.replace('https://server.example', '')
    const body = init.body instanceof Uint8Array ? Buffer.from(init.body).toString() : init.body
    asked.push({ path, body: typeof body === 'string' && body.startsWith('{') ? JSON.parse(body) : body })
    if (path.endsWith('missing_renditions')) return Response.json({ items: folios.map(video) })
    return path.includes('/object/authenticated/') ? new Response(`original of ${path}`) : Response.json({})
  })
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const counts = await makeMissing({ url: 'https://server.example', secretKey: 'sb_secret_x', say, make })
  return { asked, said, counts }
}

test('each original is fetched, its copy announced, sent and reported, and nothing of it stays on the machine', async () => {
  const seen: string[] = []
  let folder = ''
  const { asked, counts, said } = await run(['VI-1'], async (from) => {
    seen.push(readFileSync(from, 'utf8'))
    folder = dirname(from)
    return COPY
  })
  expect(counts).toEqual({ made: 1, failed: 0 })
  expect(seen).toEqual(['original of /storage/v1/object/authenticated/videos-intake/m-VI-1'])
  const [announced, stored, reported] = asked.slice(2)
  const { id, bytes } = (announced!.body as { p_file: { id: string; bytes: number } }).p_file
  expect([announced!.body, bytes]).toMatchObject([{ p_submission: 'id-VI-1' }, 4])
  expect(stored).toEqual({ path: `/storage/v1/object/videos-intake/${id}`, body: 'copy' })
  expect(reported!.body).toEqual({ p_submission: 'id-VI-1' })
  expect(said.join()).not.toContain('sb_secret_x')
  expect(existsSync(folder)).toBe(false)
})

test('a file that cannot be read is named and passed over', async () => {
  const { counts, said } = await run(['VI-1', 'VI-2'], async (from) => {
    if (readFileSync(from, 'utf8').includes('VI-1')) throw new Error('sin imagen')
    return COPY
  })
  expect(counts).toEqual({ made: 1, failed: 1 })
  expect(said[0]).toBe('VI-1: no se pudo. sin imagen')
})
