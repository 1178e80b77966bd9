import { expect, test } from 'vitest'
import { refuseMedia, refuseSummary, refuseTitle, refuseTranscript } from './video'

test.each([
  ['nothing', '', 'title_required'],
  ['spaces', '   ', 'title_required'],
  ['zero-width only', '\u200b', 'title_required'],
  ['one letter', 'a', null],
  ['80 emoji', '🙂'.repeat(80), null],
  ['81 letters', 'a'.repeat(81), 'title_too_long'],
  ['80 letters between spaces', ` ${'a'.repeat(80)} `, null],
  ['two lines', 'Una\nDos', 'body_invalid'],
  ['NUL', 'a\u0000', 'body_invalid'],
])('a title of %s', (_, title, refusal) => expect(refuseTitle(title)).toBe(refusal))

test.each([
  ['nothing', '', 'summary_required'],
  ['300 letters', 'a'.repeat(300), null],
  ['301 letters', 'a'.repeat(301), 'summary_too_long'],
  ['two lines', 'Una\nDos', null],
  ['escape', 'a\u001b', 'body_invalid'],
])('a summary of %s', (_, summary, refusal) => expect(refuseSummary(summary)).toBe(refusal))

test.each([
  ['nothing', '', null],
  ['5,000 letters', 'a'.repeat(5000), null],
  ['5,001 letters', 'a'.repeat(5001), 'transcript_too_long'],
  ['escape', 'a\u001b', 'body_invalid'],
])('a transcript of %s', (_, text, refusal) => expect(refuseTranscript(text)).toBe(refusal))

const limits = { min_s: 15, max_s: 180, max_bytes: 300_000_000 }
const file = { mime: 'video/mp4', bytes: 1, duration_ms: 15_000 }

test.each([
  ['the shortest', {}, null],
  ['a millisecond too short', { duration_ms: 14_999 }, 'media_too_short'],
  ['the longest', { duration_ms: 180_000 }, null],
  ['a millisecond too long', { duration_ms: 180_001 }, 'media_too_long'],
  ['the heaviest', { bytes: 300_000_000 }, null],
  ['a byte too heavy', { bytes: 300_000_001 }, 'media_too_large'],
  ['an iPhone’s', { mime: 'video/quicktime' }, null],
  ['an old phone’s', { mime: 'video/3gpp' }, null],
  ['one with codecs in its type', { mime: 'video/webm;codecs=vp8' }, 'media_type_unsupported'],
  ['a picture', { mime: 'image/jpeg' }, 'media_type_unsupported'],
  ['one without a type', { mime: '' }, 'media_type_unsupported'],
])('a file: %s', (_, change, refusal) => expect(refuseMedia({ ...file, ...change }, limits)).toBe(refusal))
