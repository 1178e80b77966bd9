/** Every kind of clip that phones make, by every way out of a phone, says no place: by readers that are not ours. */
import 'fake-indexeddb/auto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRange } from '@/media/bytes'
import { cleaned } from '@/media/clean'
import { readContainer } from '@/media/container'
import { stageMedia } from '@/media/store'
import { openFilmPage, type FilmPage, type FilmTask } from '../support/film'
import { ffmpegMissing, makePhoneClips, placesIn, streamsOf } from '../support/filmClips'

const missing = ffmpegMissing()
if (missing) console.log(`the clips of phones are not tried: ${missing}`)

const RECIPE = { videoBps: 700_000, soundBps: 64_000 }
const LIGHTER: FilmTask = { do: 'make', maxBytes: 45_000_000, recipe: RECIPE }
const COPIED: FilmTask = { do: 'make', maxBytes: 45_000_000, part: { startS: 0, endS: 1.1 } }

let folder: string
let film: FilmPage | undefined
let clips: Record<string, string>

beforeAll(async () => {
  if (missing) return
  folder = mkdtempSync(path.join(tmpdir(), 'convoca-film-clips-'))
  clips = makePhoneClips(folder)
  film = await openFilmPage()
}, 300_000)
afterAll(async () => {
  if (missing) return
  await film?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What leaves the phone of a file: cleaned and copied by the code of the product. */
async function sent(file: string, isOurs: boolean): Promise<string> {
  const blob = new Blob([readFileSync(file)])
  const { mime } = (await readContainer(blob))!
  const id = crypto.randomUUID()
  const clean = await cleaned({ file: blob, mime }, new AbortController().signal, isOurs)
  const { bytes } = await stageMedia({ id, submissionId: id, ...clean })
  const out = path.join(folder, id)
  writeFileSync(out, await readRange(id, 0, bytes))
  return out
}

/** What a phone may refuse: this browser decodes no HEVC. */
const UNDECODED = ['hevc.mov']

test.skipIf(missing !== null)(
  'no clip of a phone leaves it with a place, by any way',
  async () => {
    expect(Object.keys(clips).length).toBeGreaterThanOrEqual(8)
    for (const [name, clip] of Object.entries(clips)) {
      expect(placesIn(clip), `${name} has a place to lose`).not.toEqual([])
      const original = await sent(clip, false)
      expect(placesIn(original), `${name} as it is`).toEqual([])
      for (const [way, task] of [
        ['lighter', LIGHTER],
        ['copied', COPIED],
      ] as const) {
        const { made, failed } = await film!.run(clip, task)
        if (!made) {
          expect(way === 'lighter' && UNDECODED.includes(name), `${name} ${way}: ${failed}`).toBe(true)
          continue
        }
        const out = await sent(made, true)
        expect(placesIn(out), `${name} ${way}`).toEqual([])
        const streams = streamsOf(out).map(({ codec_name }) => codec_name)
        if (way === 'lighter')
          expect(streams, name).toEqual(name === 'silent.mp4' ? ['h264'] : ['h264', 'aac'])
        else expect(streams[0], name).toBe(streamsOf(clip)[0]!.codec_name)
      }
    }
  },
  300_000,
)
