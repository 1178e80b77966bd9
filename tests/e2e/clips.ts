/**
 * Real videos: recorded by a browser from its test camera and microphone, and filmed as by phones. Each is made once in
 * a folder that all workers share.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, expect } from '@playwright/test'
import { ensureChromium } from '../../scripts/chromium'
import { cleanMp4 } from '../media/builtClips'

export interface Clip {
  path: string
  bytes: number
  sha256: string
  /** A JPEG of the test camera's picture, in base64. */
  poster: string | null
}

/** The seed's campaign requires at least 15 s. */
const LONG_MS = 16_000
const SHORT_MS = 2_000

/** The recordings, made in one browser session: long ones last 16 s, short ones 2 s. */
const RECORDINGS = {
  /** A WebM of a recorder, without its duration in the header. */
  'recorded.webm': { type: 'video/webm;codecs=vp8,opus', ms: LONG_MS, sound: true },
  /** An MP4 of a recorder, without its times: a phone keeps its bytes as they are. */
  'recorded.mp4': { type: 'video/mp4;codecs=vp9,opus', ms: LONG_MS, sound: true },
  'silent.webm': { type: 'video/webm;codecs=vp8', ms: LONG_MS, sound: false },
  'short.webm': { type: 'video/webm;codecs=vp8,opus', ms: SHORT_MS, sound: true },
} as const
type Recording = keyof typeof RECORDINGS

/** The folder of the recordings. */
const RECORDED = 'recorded'
const POSTER = 'poster.jpg'

/** A recording takes 16 s, and a slow machine starts the browser late. */
const MADE_WITHIN = { timeout: 180_000 }

/** Makes the file at `path` completely or not at all. Waits if another worker is making it. */
async function makeOnce(path: string, make: (unfinished: string) => Promise<void> | void): Promise<void> {
  const claim = `${path}.claim`
  const isMine = mkdirSync(claim, { recursive: true }) !== undefined
  if (!isMine) return await expect.poll(() => existsSync(path), MADE_WITHIN).toBe(true)
  try {
    await make(`${path}.unfinished`)
    renameSync(`${path}.unfinished`, path)
  } catch (error) {
    rmSync(claim, { recursive: true })
    throw error
  }
}

/** Describes the file, with the poster recorded in the same folder. */
const describe = (folder: string, path: string): Clip => {
  const bytes = readFileSync(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const poster = join(folder, RECORDED, POSTER)
  return {
    path,
    bytes: bytes.length,
    sha256,
    poster: existsSync(poster) ? readFileSync(poster).toString('base64') : null,
  }
}

/** Runs in the page: records one stream in several formats and a picture of it. Returns all as base64. */
async function record(wanted: { type: string; ms: number; sound: boolean }[]): Promise<string[]> {
  const picture = { width: 320, height: 240, frameRate: 10 }
  const all = await navigator.mediaDevices.getUserMedia({ video: picture, audio: true })
  const one = async ({ type, ms, sound }: (typeof wanted)[number]) => {
    const stream = sound ? all : new MediaStream(all.getVideoTracks())
    const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 300_000 })
    const parts: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    const stopped = new Promise((done) => recorder.addEventListener('stop', done))
    recorder.start(1_000) // recorded in slices, so that the beginning survives; such a file has no duration in its header
    setTimeout(() => recorder.stop(), ms)
    await stopped
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  }
  const still = async () => {
    const video = Object.assign(document.createElement('video'), { srcObject: all, muted: true })
    await video.play()
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 })
    canvas.getContext('2d')!.drawImage(video, 0, 0)
    return canvas.toDataURL('image/jpeg').split(',')[1]!
  }
  return await Promise.all([...wanted.map(one), still()])
}

async function recordAll(folder: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--disable-gpu',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
  try {
    const page = await browser.newPage()
    await page.route('**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
    await page.goto('http://localhost/') // a camera needs a secure context
    const names = [...Object.keys(RECORDINGS), POSTER]
    const recorded = await page.evaluate(record, Object.values(RECORDINGS))
    mkdirSync(folder)
    for (const [index, name] of names.entries()) {
      const bytes = Uint8Array.from(Buffer.from(recorded[index]!, 'base64'))
      writeFileSync(join(folder, name), name.endsWith('.mp4') ? await cleanMp4(bytes) : bytes)
    }
  } finally {
    await browser.close()
  }
}

/** One of the recordings. The first call takes as long as the longest recording. */
export async function clip(folder: string, name: Recording): Promise<Clip> {
  const recorded = join(folder, RECORDED)
  await makeOnce(recorded, recordAll)
  return describe(folder, join(recorded, name))
}

/** A recording of about `bytes`, most of them noise in a sound track that players skip. */
export async function heavyClip(folder: string, bytes: number): Promise<Clip> {
  const path = join(folder, `heavy-${bytes}.mp4`)
  const recorded = await clip(folder, 'recorded.mp4')
  await makeOnce(path, async (unfinished) =>
    writeFileSync(
      unfinished,
      await cleanMp4(Uint8Array.from(readFileSync(recorded.path)), bytes - recorded.bytes),
    ),
  )
  return describe(folder, path)
}

/** A text file with the name of a video. */
export async function falseClip(folder: string): Promise<string> {
  const path = join(folder, 'no-es-un-video.mp4')
  await makeOnce(path, (unfinished) =>
    writeFileSync(unfinished, 'Esto es un texto y se llama como un video.\n'.repeat(40)),
  )
  return path
}

/** The location in the metadata of `filmedClip`. */
export const PLACE = '+19.2826-099.6557/'

/** The path of a committed clip: `cut.mp4` lacks its second half, Chromium cannot show the picture of `hevc.mov`. */
export const committedClip = (name: 'cut.mp4' | 'hevc.mov'): string =>
  join(import.meta.dirname, '../media/clips', name)

/** An upright video in H.264 and AAC with a location in its metadata (`tests/media/makeClips.ts`). */
export const filmedClip = (folder: string, type: 'mp4' | 'mov'): Clip =>
  describe(folder, join(import.meta.dirname, '../media/clips', `filmed.${type}`))
