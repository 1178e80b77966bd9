/**
 * Records the clips and posters of `supabase/samples/demo` in Chromium, with the words of `videos.json`:
 * `npx tsx scripts/demoClips.ts [key…]`. Drawn scenes and soft notes, 16 s, at a low bit rate.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { ensureChromium } from './chromium'
import type { Order } from './demoClips/film'

const FOLDER = path.resolve(import.meta.dirname, '../supabase/samples/demo')
const FILE = path.join(FOLDER, 'videos.json')
/** Above the 15 s that the campaign of the seed requires. */
const MS = 16_000

interface Clip {
  key: string
  title: string
  transcript: string
  duration_ms: number
  width: number
  height: number
}

/** The code of `film.ts` for the page. */
async function bundleFilm(): Promise<string> {
  const entry = path.join(import.meta.dirname, 'demoClips/film.ts')
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'demoClips' } },
  })
  const [output] = [built].flat()
  if (!output || !('output' in output)) throw new Error('film.ts was not built')
  return output.output[0].code
}

/** Writes a clip and its poster, and notes its length and size. Answers its bytes. */
async function record(page: Page, clip: Clip, index: number): Promise<number> {
  const [width, height] = index % 3 === 1 ? [270, 480] : [480, 270]
  const quoted = /«(.+)»/u.exec(clip.transcript)?.[1] ?? ''
  const lines = quoted.split(/(?<=[.?:,]) /u)
  const order: Order = {
    key: clip.key,
    title: clip.title,
    lines,
    width,
    height,
    ms: MS,
    tone: 165 + index * 9,
  }
  const { webm, jpeg } = await page.evaluate(
    (asked) =>
      (globalThis as unknown as { film(order: Order): Promise<{ webm: string; jpeg: string }> }).film(asked),
    order,
  )
  Object.assign(clip, { duration_ms: MS, width, height })
  const bytes = Buffer.from(webm, 'base64')
  writeFileSync(path.join(FOLDER, `${clip.key}.webm`), bytes)
  writeFileSync(path.join(FOLDER, `${clip.key}.jpg`), Buffer.from(jpeg, 'base64'))
  return bytes.length
}

const wanted = process.argv.slice(2)
const clips = JSON.parse(readFileSync(FILE, 'utf8')) as Clip[]
const code = await bundleFilm()
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: [
    '--disable-gpu',
    '--autoplay-policy=no-user-gesture-required',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
})
try {
  const page = await browser.newPage()
  await page.goto('data:text/html,<!doctype html>')
  await page.addScriptTag({ content: code })
  let total = 0
  for (const [index, clip] of clips.entries()) {
    if (wanted.length > 0 && !wanted.includes(clip.key)) continue
    const bytes = await record(page, clip, index)
    total += bytes
    console.log(`${clip.key}: ${Math.round(bytes / 1000)} kB`)
  }
  writeFileSync(FILE, `${JSON.stringify(clips, null, 2)}\n`)
  console.log(`Together ${Math.round(total / 1000)} kB`)
} finally {
  await browser.close()
}
