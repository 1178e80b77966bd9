import { expect, test } from 'vitest'
import { refuseMedia, refuseSummary, refuseTitle, refuseTranscript } from './video'

test.each([
  ['no letters', '', 'title_required'],
  ['spaces', '   ', 'title_required'],
  ['a zero-width space', '\u200b', 'title_required'],
  ['one letter', 'a', null],
  ['80 emoji', '🙂'.repeat(80), null],
  ['81 letters', 'a'.repeat(81), 'title_too_long'],
  ['80 letters between spaces', ` ${'a'.repeat(80)} `, null],
  ['two lines, which become one', 'Una\nDos', null],
  ['a letter and NUL', 'a\u0000', null],
  ['NUL', '\u0000', 'title_required'],
])('the refusal of a title of %s', (_, title, refusal) => expect(refuseTitle(title)).toBe(refusal))

test.each([
  ['no letters', '', 'summary_required'],
  ['300 letters', 'a'.repeat(300), null],
  ['301 letters', 'a'.repeat(301), 'summary_too_long'],
  ['two lines', 'Una\nDos', null],
  ['a letter and an escape character', 'a\u001b', null],
  ['an escape character', '\u001b', 'summary_required'],
])('the refusal of a summary of %s', (_, summary, refusal) => expect(refuseSummary(summary)).toBe(refusal))

test.each([
  ['no letters', '', null],
  ['5,000 letters', 'a'.repeat(5000), null],
  ['5,001 letters', 'a'.repeat(5001), 'transcript_too_long'],
  ['5,000 letters and an escape character', `${'a'.repeat(5000)}\u001b`, null],
])('the refusal of a transcript of %s', (_, text, refusal) => expect(refuseTranscript(text)).toBe(refusal))

const limits = { min_s: 15, max_s: 180, max_bytes: 300_000_000 }
const file = { mime: 'video/mp4', bytes: 1, duration_ms: 15_000 }

test.each([
  ['the shortest duration', {}, null],
  ['a millisecond less than the shortest', { duration_ms: 14_999 }, 'media_too_short'],
  ['the longest duration', { duration_ms: 180_000 }, null],
  ['a millisecond more than the longest', { duration_ms: 180_001 }, 'media_too_long'],
  ['the largest size', { bytes: 300_000_000 }, null],
  ['a byte more than the largest', { bytes: 300_000_001 }, 'media_too_large'],
  ['an iPhone’s type', { mime: 'video/quicktime' }, null],
  ['an old phone’s type', { mime: 'video/3gpp' }, null],
  ['codecs in its type', { mime: 'video/webm;codecs=vp8' }, 'media_type_unsupported'],
  ['an image’s type', { mime: 'image/jpeg' }, 'media_type_unsupported'],
  ['no type', { mime: '' }, 'media_type_unsupported'],
])('the refusal of a file with %s', (_, change, refusal) =>
  expect(refuseMedia({ ...file, ...change }, limits)).toBe(refusal),
)
