/**
 * B7: a minute of 1080p30 made lighter in Chromium by the product's own worker, under the app's policy of contents, and the
 * memory of 20 and of 180 seconds; ffmpeg.wasm makes the same minute at equal bytes.
 */
import { statSync } from 'node:fs'
import path from 'node:path'
import { recipeFor, type Seen } from '@/media/film/plan'
import { openFilmPage, type FilmPage, type FilmTask } from '../support/film'
import { ffmpeg, ffmpegMissing, PLACE, placesIn, ssim } from '../support/filmClips'
import { withPeak } from './b7/memory'
import { runPeer } from './b7/peer'
import { versionOf } from './support/peers'
import { bench, ratio, round, type Bench } from './support/run'

/** The limits of the sample's campaign. */
const LIMITS = { min_s: 15, max_s: 180, max_bytes: 300_000_000 }
const RUNS = 3
const GOALS = { x_realtime: 1, saved_share: 0.6, location_leaks: 0, memory_180_to_20: 1.25, sent_mb: 45 }

/** Moving shapes under the noise of a small sensor, at the bitrate of phones, with a place. */
function makeClip(file: string, seconds: number): void {
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'testsrc2=size=1920x1080:rate=30',
    '-f',
    'lavfi',
    '-i',
    'sine=440:sample_rate=48000',
    '-t',
    `${seconds}`,
    '-vf',
    'noise=alls=4:allf=t',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-g',
    '30',
    '-b:v',
    '17M',
    '-maxrate',
    '17M',
    '-bufsize',
    '34M',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    '-b:a',
    '128k',
    '-metadata',
    `location=${PLACE}`,
    file,
  )
}

async function taskFor(film: FilmPage, clip: string, seconds: number): Promise<FilmTask> {
  const { seen, failed } = await film.run(clip, { do: 'look' })
  if (!seen) throw new Error(`the worker cannot look at the clip: ${failed}`)
  const part = { startS: 0, endS: seconds }
  const recipe = recipeFor(part, { width: 1920, height: 1080 }, seen as Seen, LIMITS)
  return { do: 'make', recipe, maxBytes: 45_000_000 }
}

interface Made {
  seconds: number
  ms: number
  bytes: number
  before: number
  peak: number
  all: number
  file: string
  clip: string
}

/** Makes a clip of this length lighter, in a browser of its own. */
async function makeLighter(the: Bench, seconds: number): Promise<Made> {
  const film = await openFilmPage()
  the.finally(() => film.close())
  const clip = path.join(film.folder, `clip-${seconds}.mp4`)
  makeClip(clip, seconds)
  const task = await taskFor(film, clip, seconds)
  const { result, page, all } = await withPeak(film.pid, () => film.run(clip, task))
  if (!result.made) throw new Error(`the worker failed: ${result.failed}`)
  const [bytes, before] = [statSync(result.made).size, statSync(clip).size]
  the.say(`${seconds} s: ${Math.round(result.ms)} ms, ${before} to ${bytes} bytes, ${Math.round(page)} MB`)
  return { seconds, ms: result.ms, bytes, before, peak: page, all, file: result.made, clip }
}

async function peerOf(the: Bench, ours: Made) {
  if (the.peersMissing) return { ffmpeg_wasm: { skipped: the.peersMissing } }
  const out = `${ours.file}-peer.mp4`
  const videoBps = Math.round((ours.bytes * 8) / ours.seconds - 128_000)
  const { ms, peak } = await runPeer(the, ours.clip, videoBps, out)
  the.say(`ffmpeg.wasm: ${Math.round(ms)} ms, ${statSync(out).size} bytes`)
  return {
    ffmpeg_wasm: {
      version: versionOf('@ffmpeg/core'),
      x_realtime: round((ours.seconds * 1000) / ms),
      bytes: statSync(out).size,
      ssim: ssim(out, ours.clip),
      peak_mb: round(peak),
    },
  }
}

async function work(the: Bench) {
  const missing = ffmpegMissing()
  if (missing) return { ours: { skipped: missing }, peers: {}, ratio: {}, runs: 0 }
  const [short, minute, long] = the.quick ? [2, 5, 8] : [20, 60, 180]
  const first = await makeLighter(the, short!)
  const timed: Made[] = []
  for (let run = 0; run < (the.quick ? 1 : RUNS); run += 1) timed.push(await makeLighter(the, minute!))
  const middle = timed.sort((a, b) => a.ms - b.ms)[Math.floor(timed.length / 2)]!
  const last = await makeLighter(the, long!)
  const ours = {
    x_realtime: round((middle.seconds * 1000) / middle.ms),
    saved_share: round(1 - middle.bytes / middle.before),
    bytes: middle.bytes,
    ssim: ssim(middle.file, middle.clip),
    location_leaks: placesIn(middle.file).length,
    peak_mb_20s: round(first.peak),
    peak_mb_180s: round(last.peak),
    browser_mb_20s: round(first.all),
    browser_mb_180s: round(last.all),
    sent_mb_180s: round(last.bytes / 1e6),
  }
  const peers = await peerOf(the, middle)
  const peer = 'ssim' in peers.ffmpeg_wasm ? peers.ffmpeg_wasm : undefined
  return {
    ours,
    peers,
    ratio: {
      x_realtime: ratio(ours.x_realtime, peer?.x_realtime),
      ssim: ratio(ours.ssim, peer?.ssim),
      memory_180_to_20: ratio(last.peak, first.peak),
    },
    runs: timed.length,
    goals: GOALS,
  }
}

await bench('B7', work)
