/**
 * Records the clips and posters of `supabase/samples/demo` in Chromium, from the words of `videos.json`:
 * `npx tsx scripts/demoClips.ts`. Abstract shapes, text and one soft note, 17 s, at a low bit rate.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { ensureChromium } from './chromium'

const FOLDER = path.resolve(import.meta.dirname, '../supabase/samples/demo')
const FILE = path.join(FOLDER, 'videos.json')
/** Above the 15 s that the campaign of the seed requires. */
const MS = 17_000

interface Clip {
  key: string
  title: string
  transcript: string
  duration_ms: number
  width: number
  height: number
}

interface Scene {
  lines: string[]
  hue: number
  width: number
  height: number
  ms: number
}

/** Runs in the page: makes a function that draws the scene at a moment from 0 to 1. */
function painter(
  { lines, hue, width, height }: Scene,
  context: CanvasRenderingContext2D,
): (at: number) => void {
  const rowsOf = (line: string) =>
    line.split(' ').reduce<string[]>((rows, word) => {
      const longer = `${rows.at(-1) ?? ''} ${word}`.trim()
      const fits = rows.length > 0 && context.measureText(longer).width < width - 16
      return fits ? [...rows.slice(0, -1), longer] : [...rows, word]
    }, [])
  return (at) => {
    context.fillStyle = `hsl(${hue} 45% 22%)`
    context.fillRect(0, 0, width, height)
    for (let shape = 0; shape < 4; shape++) {
      const turn = at * Math.PI * 2 + (shape * Math.PI) / 2
      const [x, y] = [width * (0.5 + Math.cos(turn) * 0.3), height * (0.5 + Math.sin(turn) * 0.3)]
      context.fillStyle = `hsl(${hue + shape * 25} 60% ${30 + shape * 4}%)`
      context.beginPath()
      context.arc(x, y, 12 + shape * 6, 0, 7)
      context.fill()
    }
    context.fillStyle = '#fff'
    context.font = 'bold 17px sans-serif'
    context.textAlign = 'center'
    const rows = rowsOf(lines[Math.min(lines.length - 1, Math.floor(at * lines.length))]!)
    const top = height / 2 - (rows.length - 1) * 11 + 6
    rows.forEach((row, index) => context.fillText(row, width / 2, top + index * 22))
  }
}

/** Runs in the page: a soft note as a track of sound. */
function soundOf({ hue }: Scene): MediaStreamTrack {
  const audio = new AudioContext()
  const note = new OscillatorNode(audio, { frequency: 220 + hue / 2 })
  const target = audio.createMediaStreamDestination()
  note.connect(new GainNode(audio, { gain: 0.05 })).connect(target)
  note.start()
  return target.stream.getAudioTracks()[0]!
}

/** Runs in the page: records the scene. Answers the film and a JPEG of it, in base64. */
async function film(scene: Scene): Promise<{ webm: string; jpeg: string }> {
  const canvas = Object.assign(document.createElement('canvas'), { width: scene.width, height: scene.height })
  const draw = painter(scene, canvas.getContext('2d')!)
  draw(0)
  const stream = new MediaStream([...canvas.captureStream(4).getTracks(), soundOf(scene)])
  const recorder = new MediaRecorder(stream, {
    mimeType: 'video/webm;codecs=vp8,opus',
    videoBitsPerSecond: 30_000,
    audioBitsPerSecond: 6_000,
  })
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const stopped = new Promise((done) => recorder.addEventListener('stop', done))
  const startedAt = performance.now()
  const timer = setInterval(() => draw(Math.min(1, (performance.now() - startedAt) / scene.ms)), 250)
  recorder.start()
  setTimeout(() => recorder.stop(), scene.ms)
  await stopped
  clearInterval(timer)
  draw(0.1)
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
  return {
    webm: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
    jpeg: canvas.toDataURL('image/jpeg', 0.7).split(',')[1]!,
  }
}

const clips = JSON.parse(readFileSync(FILE, 'utf8')) as Clip[]
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
  await page.addInitScript('globalThis.__name = (value) => value') // tsx names functions with it
  await page.goto('data:text/html,<!doctype html>')
  await page.addScriptTag({ content: [painter, soundOf].map(String).join('\n') })
  const made = clips.map(async (clip, index) => {
    const isUpright = index % 3 === 1
    const [width, height] = isUpright ? [160, 240] : [240, 136]
    const quoted = /«(.+)»/u.exec(clip.transcript)?.[1] ?? ''
    const lines = [clip.title, ...quoted.split(/(?<=[.?:,]) /u)]
    const { webm, jpeg } = await page.evaluate(film, { lines, hue: index * 30, width, height, ms: MS })
    Object.assign(clip, { duration_ms: MS, width, height })
    writeFileSync(path.join(FOLDER, `${clip.key}.webm`), Buffer.from(webm, 'base64'))
    writeFileSync(path.join(FOLDER, `${clip.key}.jpg`), Buffer.from(jpeg, 'base64'))
    return webm.length * 0.75
  })
  const sizes = await Promise.all(made)
  writeFileSync(FILE, `${JSON.stringify(clips, null, 2)}\n`)
  console.log(`${clips.length} clips, ${Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1000)} kB`)
} finally {
  await browser.close()
}
