/** Captions of a WebVTT file: what is taken, and what is refused with its line. */
import { describe, expect, test } from 'vitest'
import { vttOf } from '../../../../supabase/functions/_shared/media/vtt'
import { captionsIn, readVtt, VTT_MAX_BYTES } from './vttIn'

const MINUTE = 60_000
const read = (text: string) => captionsIn(text, MINUTE)
const cue = (times: string, text = 'Hola.') => `WEBVTT\n\n${times}\n${text}\n`
const refusals = (text: string) => read(text).problems.map(({ line, code }) => `${line} ${code}`)

test('what was written as a file is read as it was', () => {
  const cues = [
    { at: 0, to: 900, text: 'A & B < C\nsegundo renglón' },
    { at: 900, to: 59_999, text: 'Línea con <b> escrita' },
  ]
  expect(read(vttOf(cues))).toEqual({ cues, problems: [] })
})

test('comments, looks, names of lines, settings and marks are left out', () => {
  const text =
    '\ufeffWEBVTT - título\r\nKind: captions\r\n\r\nNOTE una nota\r\nde dos líneas\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n' +
    'uno\r\n00:01.000 --> 00:02.500 align:start position:10%\r\n<v.alta Ana María><i>Hola</i>&nbsp;a <00:00:01.500>todos\r\n'
  expect(read(text)).toEqual({ cues: [{ at: 1000, to: 2500, text: 'Hola a todos' }], problems: [] })
})

test.each([
  ['no header', '00:01.000 --> 00:02.000\nHola.', '1 header'],
  ['another word', 'WEBVTTX\n\n00:01.000 --> 00:02.000\nHola.', '1 header'],
  ['an empty line before the header', '\nWEBVTT\n', '1 header'],
  ['nothing', 'WEBVTT\n', '0 none'],
  ['a time in the header', 'WEBVTT\n00:01.000 --> 00:02.000\nHola.', '2 arrow'],
  ['the comma of another format', cue('00:00:01,000 --> 00:00:02,000'), '3 times'],
  ['sixty seconds', cue('00:60.000 --> 01:01.000'), '3 times'],
  ['seconds alone', cue('1.000 --> 2.000'), '3 times'],
  ['two digits of ms', cue('00:01.00 --> 00:02.00'), '3 times'],
  ['a time below zero', cue('-00:01.000 --> 00:02.000'), '3 times'],
  ['no space at the arrow', cue('00:01.000-->00:02.000'), '3 times'],
  ['no time', 'WEBVTT\n\nHola.\n', '3 untimed'],
  ['a name without time', 'WEBVTT\n\nuno\nHola.\n', '3 untimed'],
  ['an end before the beginning', cue('00:02.000 --> 00:01.000'), '3 time'],
  ['a flash', cue('00:01.000 --> 00:01.099'), '3 time'],
  ['an end after the video', cue('00:59.000 --> 01:02.001'), '3 late'],
  ['hours that no video has', cue('9999:00:00.000 --> 9999:00:01.000'), '3 late'],
  ['no words', cue('00:01.000 --> 00:02.000', ''), '3 empty'],
  ['words that nobody sees', cue('00:01.000 --> 00:02.000', '<b></b>\u200b'), '3 empty'],
  ['a script', cue('00:01.000 --> 00:02.000', 'Hola\n<script>alert(1)</script>'), '5 tag'],
  ['a mark that is not closed', cue('00:01.000 --> 00:02.000', 'a < b'), '4 tag'],
  ['a sign of HTML', cue('00:01.000 --> 00:02.000', 'a &copy; b'), '4 sign'],
  ['a name of every object', cue('00:01.000 --> 00:02.000', '&constructor;'), '4 sign'],
  ['no empty line between two', cue('00:01.000 --> 00:02.000', 'a\n00:02.000 --> 00:03.000\nb'), '5 arrow'],
  ['a long text', cue('00:01.000 --> 00:09.000', 'a'.repeat(201)), '3 long'],
  ['four lines', cue('00:01.000 --> 00:09.000', 'a\nb\nc\nd'), '3 long'],
])('a file with %s is refused with its line', (_, text, refusal) => {
  expect(refusals(text)).toEqual([refusal])
  expect(read(text).cues).toEqual([])
})

test('lines at the same time, or in another order, are refused; each problem is told, in the order of the file', () => {
  const text =
    'WEBVTT\n\n00:01.000 --> 00:03.000\na\n\n00:02.000 --> 00:04.000\nb\n\n00:05,000 --> 00:06.000\nc\n\n00:00.000 --> 00:00.900\n<x>d\n'
  expect(refusals(text)).toEqual(['6 early', '9 times', '13 tag'])
})

describe('a hostile file', () => {
  test('of more lines than anybody keeps says so', () => {
    const lines = Array.from({ length: 601 }, (_, at) => ({ at: at * 100, to: at * 100 + 100, text: 'a' }))
    expect(captionsIn(vttOf(lines), 600_000).problems).toEqual([{ line: 0, code: 'many' }])
    expect(captionsIn(vttOf(lines.slice(1)), 600_000).problems).toEqual([])
  })

  test.each([
    ['open marks', '<'.repeat(500_000)],
    ['signs', '&a'.repeat(250_000)],
    ['one word', 'a'.repeat(500_000)],
    ['short lines', 'a\n'.repeat(250_000)],
  ])('of 500 kB of %s is refused soon', (_, words) => {
    const before = performance.now()
    expect(refusals(cue('00:01.000 --> 00:02.000', words))).toHaveLength(1)
    expect(performance.now() - before).toBeLessThan(10_000)
  })

  test('of too many bytes is not read, and one that is no text is refused', async () => {
    const refused = async (file: Blob) => (await readVtt(file, MINUTE)).problems
    const large = new Blob([new Uint8Array(VTT_MAX_BYTES + 1)])
    expect(await refused(large)).toEqual([{ line: 0, code: 'size' }])
    expect(await refused(new Blob([Uint8Array.of(0x57, 0xff, 0xfe)]))).toEqual([{ line: 0, code: 'bytes' }])
  })
})
