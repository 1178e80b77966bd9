import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import { island as propuestas } from '@/features/propuestas/staff/island'
import { island as videos } from '@/features/videos/staff/island'
import words from '@/i18n/es-MX/staffKinds.json'
import videoWords from '@/i18n/es-MX/videosStaff.json'
import { registerStaffKinds } from '../kinds'
import { obstacleOf, publicLines } from './publication'

registerStaffKinds([propuestas, videos])

const consent = (granted: boolean) => [{ key: 'publish', text: '', required: false, granted, at: '' }]
const video = (status: string, transcript: string | null, granted = true, more = {}) =>
  ({
    kind: 'videos',
    consents: consent(granted),
    content: {
      media: { status },
      transcript,
      rendition: { status: 'verified' },
      captions: [],
      selection: null,
      ...more,
    },
  }) as unknown as StaffItem
const propuesta = (granted: boolean) =>
  ({ kind: 'propuestas', consents: consent(granted), content: { helps: null } }) as unknown as StaffItem

test.each([
  ['an authorised propuesta', propuesta(true), null],
  ['a propuesta that is not authorised', propuesta(false), words['publish.not_authorised']],
  ['a checked video with its transcript and its copy', video('verified', 'Hola'), null],
  [
    'a video whose copy nobody has checked',
    video('verified', 'Hola', true, { rendition: { status: 'attached' } }),
    videoWords['publish.no_copy'],
  ],
  [
    'a video without a copy',
    video('verified', 'Hola', true, { rendition: null }),
    videoWords['publish.no_copy'],
  ],
  [
    'a video of an open jury',
    video('verified', 'Hola', true, { selection: 'open' }),
    videoWords['publish.open'],
  ],
  ['a chosen video', video('verified', 'Hola', true, { selection: 'chosen' }), null],
  [
    'a video that is not authorised, whatever else it lacks',
    video('attached', null, false),
    words['publish.not_authorised'],
  ],
  ['a video that nobody has checked', video('attached', 'Hola'), videoWords['publish.not_verified']],
  [
    'a video whose bytes differ from the announced ones',
    video('mismatch', 'Hola'),
    videoWords['publish.not_verified'],
  ],
  [
    'a video without captions',
    video('verified', 'Hola', true, { captions: null }),
    videoWords['publish.no_captions'],
  ],
  [
    'a video in which nobody speaks',
    video('verified', null, true, { captions: null, voiceless: true }),
    null,
  ],
  ['a video without transcript', video('verified', null), videoWords['publish.no_transcript']],
  [
    'a propuesta whose author allowed publication by another consent',
    { ...propuesta(false), may_publish: true },
    null,
  ],
  [
    'a propuesta whose consent with the usual key does not allow publication',
    { ...propuesta(true), may_publish: false },
    words['publish.not_authorised'],
  ],
])('the obstacle to publishing %s', (_, item, obstacle) => expect(obstacleOf(item)).toBe(obstacle))

test('the public lines name an author and a municipality only when the submission has them', () => {
  const item = {
    ...propuesta(true),
    events: [],
    folio: 'PR-1',
    part_label: null,
    display_name: null,
    municipality_name: null,
  }
  expect(publicLines(item as unknown as StaffItem)).toHaveLength(4)
  const named = { ...item, display_name: 'Ana', municipality_name: 'Toluca' }
  expect(publicLines(named as unknown as StaffItem).join(' ')).toMatch(/Ana.*Toluca/u)
  const allowed = { ...named, allowed: ['political_opinions', 'text'] }
  expect(publicLines(allowed as unknown as StaffItem)).toEqual(publicLines(item as unknown as StaffItem))
})
