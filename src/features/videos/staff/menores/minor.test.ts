// @vitest-environment happy-dom
/** What staff read of a minor's video, and what they confirm. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { MinorReport } from '@/domain/minor'
import type { StaffItem } from '@/domain/staffRows'
import words from '@/i18n/es-MX/videosMinorsStaff.json'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { registerStaffKinds } from '@/staff/kinds'
import { obstacleTo, publicLines } from '@/staff/review/publication'
import { island } from '../island'
import MinorSection from './MinorSection.vue'

const rpc = vi.hoisted(() => vi.fn())
vi.mock('@/data/staff/client', () => ({
  supabase: { rpc },
  answerOf: async (answer: Promise<unknown>) => await answer,
}))
vi.mock('@/staff/review/reload', () => ({ useReload: () => async () => undefined }))
registerStaffKinds([island])
beforeEach(() => {
  setActivePinia(createPinia())
  rpc.mockReset()
  vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(true)
})

const check = (mine: boolean, how: 'telephone' | null = null) => ({
  name: 'Ana',
  at: '2026-11-30T18:00:00Z',
  how,
  on_day: how && '2026-11-29',
  mine,
})
const report = (change: Partial<MinorReport> = {}): MinorReport => ({
  authorisation: 'waiting',
  relationship: 'madre',
  reach: 'email',
  expires_at: '2026-12-30T18:00:00Z',
  answered_at: null,
  by_link: false,
  name_allowed: false,
  checks: [],
  ...change,
})
const AUTHORISED = {
  authorisation: 'authorised',
  answered_at: '2026-11-30T18:00:00Z',
  by_link: true,
} as const
const item = (minor: MinorReport, state = 'in_review') =>
  ({
    id: 'v1',
    kind: 'videos',
    version: 3,
    state,
    folio: 'VI-1',
    display_name: 'Luna',
    municipality_name: null,
    part_label: 'Participación',
    may_publish: true,
    allowed: ['image_voice', 'text', 'name', 'municipality'],
    events: [],
    content: {
      minor,
      transcript: 'Hola.',
      captions: [],
      media: { status: 'verified' },
      rendition: { status: 'verified' },
    },
  }) as unknown as StaffItem<'videos'>
const open = (minor: MinorReport) => mount(MinorSection, { props: { item: item(minor), minor } })

test.each<[string, MinorReport, string | null, string | null]>([
  ['no answer', report(), words['accept.waiting'], words['publish.waiting']],
  ['a refusal', report({ authorisation: 'refused' }), words['accept.waiting'], words['publish.waiting']],
  ['an authorisation', report(AUTHORISED), null, words['publish.unchecked']],
  ['one confirmation', report({ ...AUTHORISED, checks: [check(true)] }), null, words['publish.unchecked']],
  ['two confirmations', report({ ...AUTHORISED, checks: [check(true), check(false)] }), null, null],
])('a minor’s video with %s has the right obstacles', (_, minor, accept, publish) => {
  expect(obstacleTo('accept', item(minor))).toBe(accept)
  expect(obstacleTo('publish', item(minor, 'accepted'))).toBe(publish)
})

test('what becomes public names a minor only where the guardian allowed it', () => {
  expect(publicLines(item(report(AUTHORISED))).join()).not.toContain('Luna')
  expect(publicLines(item(report({ ...AUTHORISED, name_allowed: true }))).join()).toContain('Luna')
})

test('whom to ask is read only when a member wants to know', async () => {
  const section = open(report())
  expect(rpc).not.toHaveBeenCalled()
  rpc.mockResolvedValue({ name: 'Rosa Paz', email: 'rosa@correo.mx', phone: null })
  await section
    .findAll('button')
    .find((one) => one.text() === words['contact.show'])!
    .trigger('click')
  await flushPromises()
  expect(section.text()).toContain('rosa@correo.mx')
})

test('the first member says how and when, and «by her link» only where she answered by it', async () => {
  const section = open(report())
  expect(section.text()).not.toContain(words['first.link'])
  expect(open(report(AUTHORISED)).text()).toContain(words['first.link'])
  await section.get('form').trigger('submit')
  expect(rpc).not.toHaveBeenCalled()
  await section.get('input[value=telephone]').setValue(true)
  await section.get('#on_day').setValue('2026-11-30')
  rpc.mockResolvedValue({})
  await section.get('form').trigger('submit')
  expect(rpc.mock.lastCall).toEqual([
    'confirm_minor',
    { p_id: 'v1', p_version: 3, p_how: 'telephone', p_on: '2026-11-30', p_name: false },
  ])
})

test('the second member confirms without a form, and the first one waits for somebody else', async () => {
  const other = open(report({ ...AUTHORISED, checks: [check(false, 'telephone')] }))
  rpc.mockResolvedValue({})
  await other
    .findAll('button')
    .find((one) => one.text() === words['second.confirm'])!
    .trigger('click')
  expect(rpc.mock.lastCall).toEqual(['confirm_minor', { p_id: 'v1', p_version: 3 }])
  const own = open(report({ ...AUTHORISED, checks: [check(true, 'telephone')] }))
  expect(own.text()).toContain(words['second.other'])
  expect(own.findAll('button')).toHaveLength(0)
})

test('of a video that was taken away nothing is asked any more', () => {
  const section = open(report({ authorisation: 'withdrawn' }))
  expect(section.text()).toContain(words['text.gone'])
  expect(section.findAll('button')).toHaveLength(0)
})
