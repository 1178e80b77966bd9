/** Chosen recordings as voice notes: sound alone, in one of two types, and what the server says of them. */
import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { judge } from '../../supabase/functions/_shared/media/judge'
import { readIn } from '../../supabase/functions/_shared/files/audio'
import { readRange } from './bytes'
import { repackVoice } from './repackVoice'
import { stageMedia } from './store'

const clip = (name: string) => readFileSync(join(import.meta.dirname, '../../tests/media/clips', name))
/** Five seconds with a pause from the recorder of Chromium, a slice each second, as `useRecorder` joins them. */
const recorded = clip('recorded.webm')

test.each([
  ['an M4A', 'voice.m4a', 'audio/mp4', 'aac', 500],
  ['a note of a messenger', 'voice.opus', 'audio/webm', 'opus', 494],
  ['a video, without its picture and its place', 'xyz.mp4', 'audio/mp4', 'aac', null],
])('%s becomes sound that says nothing else', async (_, name, mime, sound, duration_ms) => {
  const made = (await repackVoice(new Blob([clip(name)])))!
  expect(made.mime).toBe(mime)
  const { id, bytes } = await stageMedia({ id: crypto.randomUUID(), submissionId: name, ...made })
  const sent = await readRange(id, 0, bytes)
  expect(await judge(readIn(sent), bytes, mime)).toEqual({
    tells: [],
    picture: null,
    sound,
    duration_ms: duration_ms ?? (expect.any(Number) as number),
  })
  expect(Buffer.from(sent).toString('latin1')).not.toContain('19.2826')
})

test.each(['voice.mp3', 'voice.ogg', 'vorbis.webm', 'poster.jpg'])(
  '%s has no sound that the server takes',
  async (name) => expect(await repackVoice(new Blob([clip(name)]))).toBeNull(),
)

test.each([
  ['a video', clip('tags.webm'), ['tags', 'device', 'unreadable']],
  ['what a browser recorded, as it is', recorded, []],
])('the server takes %s that is announced as sound for what it is', async (_, bytes, tells) => {
  expect((await judge(readIn(bytes), bytes.length, 'audio/webm')).tells).toEqual(tells)
})
