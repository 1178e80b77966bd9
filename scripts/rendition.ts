/**
 * `npm run rendition`: makes the public copies that are missing, on a machine of the institution with ffmpeg, for videos that no browser
 * of the desk can read. Needs SUPABASE_URL and SUPABASE_SECRET_KEY (docs/deploy.md). A file that fails is named and passed over;
 * what was made stays. `npm run rendition -- from to` makes the copy of one file and sends nothing.
 */
import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { fileURLToPath } from 'node:url'
import type { MissingRendition } from '@/domain/video'
import { keyHeaders } from '../supabase/functions/_shared/project'
import { makeCopy } from './rendition/make'

export interface RenditionRun {
  url: string
  secretKey: string
  say: (line: string) => void
  make: typeof makeCopy
}

type Call = (path: string, init?: RequestInit) => Promise<Response>

const callerOf =
  ({ url, secretKey }: RenditionRun): Call =>
  async (path, init = {}) => {
    const response = await fetch(url + path, {
      ...init,
      headers: { ...keyHeaders(secretKey), ...(init.headers as Record<string, string>) },
    })
    if (!response.ok) throw new Error(`${path.split('?')[0]}: ${response.status} ${await response.text()}`)
    return response
  }

const rpc = async <T>(call: Call, name: string, body: object): Promise<T> =>
  (await (
    await call(`/rest/v1/rpc/${name}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  ).json()) as T

async function prepare(
  call: Call,
  { make }: RenditionRun,
  video: MissingRendition,
  folder: string,
): Promise<number> {
  const [from, to] = [join(folder, 'original'), join(folder, 'copia.mp4')]
  const { body } = await call(`/storage/v1/object/authenticated/videos-intake/${video.media_id}`)
  await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(from))
  const { bytes, ...facts } = await make(from, to)
  const id = randomUUID()
  await rpc(call, 'add_rendition', { p_submission: video.id, p_file: { id, bytes: bytes.length, ...facts } })
  await call(`/storage/v1/object/videos-intake/${id}`, {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'video/mp4', 'cache-control': 'max-age=3600' },
  })
  await rpc(call, 'attach_rendition', { p_submission: video.id })
  return bytes.length
}

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1)

/** Answers how many were made and how many failed. */
export async function makeMissing(run: RenditionRun): Promise<{ made: number; failed: number }> {
  const call = callerOf(run)
  const { items } = await rpc<{ items: MissingRendition[] }>(call, 'missing_renditions', {})
  const counts = { made: 0, failed: 0 }
  for (const video of items) {
    const folder = mkdtempSync(join(tmpdir(), 'convoca-copia-'))
    try {
      const bytes = await prepare(call, run, video, folder)
      run.say(`${video.folio}: de ${megabytes(video.bytes)} a ${megabytes(bytes)} MB`)
      counts.made += 1
    } catch (error) {
      run.say(`${video.folio}: no se pudo. ${(error as Error).message.split('\n')[0]}`)
      counts.failed += 1
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  run.say(
    `${counts.made} copias enviadas, ${counts.failed} sin hacer. El servidor las comprueba en menos de un minuto.`,
  )
  return counts
}

async function main([from, to]: string[]): Promise<void> {
  if (from && to) {
    const { bytes, ...facts } = await makeCopy(from, to)
    writeFileSync(to, bytes)
    return console.log(JSON.stringify({ bytes: bytes.length, ...facts }))
  }
  const { SUPABASE_URL: url, SUPABASE_SECRET_KEY: secretKey } = process.env
  if (!url || !secretKey) throw new Error('Faltan SUPABASE_URL o SUPABASE_SECRET_KEY (docs/deploy.md)')
  const { failed } = await makeMissing({
    url: url.replace(/\/$/u, ''),
    secretKey,
    say: console.log,
    make: makeCopy,
  })
  if (failed > 0) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
