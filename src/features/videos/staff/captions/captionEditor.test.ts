// @vitest-environment happy-dom
/** The captions of a review, corrected line by line, and what is kept of them. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { db, type OutboxOp } from '@/data/db'
import { getReply } from '@/data/staff/replies'
import type { StaffItem } from '@/domain/staffRows'
import type { Cue } from '@/domain/video'
import words from '@/i18n/es-MX/videosCaptions.json'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import CaptionEditor from './CaptionEditor.vue'
import { t } from '../../captions/editor/words'

const CUES: Cue[] = [
  { at: 400, to: 2_900, text: 'Hola. En mi colonia no había banquetas.' },
  { at: 3_000, to: 5_000, text: 'Pedimos el contrato.' },
]
const item = (captions: Cue[] | null, version = 2, behind = false) =>
  ({
    id: 'v1',
    version,
    kind: 'videos',
    content: {
      transcript: 'Hola.',
      captions,
      captions_behind: behind,
      media: { id: 'm', status: 'verified', bytes: 9_000_000, duration_ms: 60_000 },
    },
  }) as unknown as StaffItem<'videos'>

beforeEach(async () => {
  document.body.innerHTML = ''
  await Promise.all(db.tables.map((table) => table.clear()))
  setActivePinia(createPinia())
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // Vue warns, because this app has no router
})

async function shown(captions: Cue[] | null, ops: OutboxOp[] = []) {
  await db.outbox.bulkAdd(ops)
  const session = useStaffSessionStore()
  session.open({ user_id: 'yo', email: '' })
  await vi.waitFor(() => expect(session.ops).toHaveLength(ops.length))
  const video = document.createElement('video')
  const editor = mount(CaptionEditor, { props: { item: item(captions), video }, attachTo: document.body })
  await vi.waitFor(() =>
    expect(editor.find('form').exists() || editor.find('[role=status]').exists()).toBe(true),
  )
  return { editor, video }
}
type Editor = Awaited<ReturnType<typeof shown>>['editor']
const linesOf = (editor: Editor) => editor.findAll('textarea').map(({ element }) => element.value)
const buttonOf = (editor: Editor, label: string) =>
  editor.findAll('button').find((button) => button.text().includes(label))!
const saved = async () =>
  (await db.outbox.toArray()).map(({ payload, expected_version }) => [payload, expected_version])

test('a line that is corrected is kept here, and saved with the version that was seen', async () => {
  const { editor } = await shown(CUES)
  await editor.findAll('textarea')[1]!.setValue('Pedimos el contrato de la obra.')
  await vi.waitFor(async () => expect(await getReply('yo', 'v1', 'captions')).toMatchObject({ over: CUES }))
  await editor.find('form').trigger('submit')
  await vi.waitFor(async () =>
    expect(await saved()).toEqual([
      [{ cues: [CUES[0], { ...CUES[1], text: 'Pedimos el contrato de la obra.' }] }, 2],
    ]),
  )
  expect(await getReply('yo', 'v1', 'captions')).toBeUndefined()
  await vi.waitFor(() => expect(editor.text()).toContain(words.waiting))
})

test('each field of a line has a name of its own, by which it is heard', async () => {
  const { editor } = await shown(CUES)
  for (const [at, field] of editor.findAll('textarea').entries()) {
    const name = editor.get(`label[for=${field.attributes('id')}]`).text()
    expect(name).toBe(t('line.text', { place: at + 1 }))
  }
  const times = editor.findAll('.times input').map((field) => field.attributes('aria-label'))
  expect(new Set(times).size).toBe(2 * CUES.length)
})

test('a line takes its times from the player, and plays from where it begins', async () => {
  const { editor, video } = await shown(CUES)
  const play = vi.spyOn(video, 'play').mockResolvedValue()
  await editor.findAll('textarea')[1]!.trigger('focusin')
  video.currentTime = 3.4
  await buttonOf(editor, words['tool.at']).trigger('click')
  expect((editor.find('#caption-2-at').element as HTMLInputElement).value).toBe('0:03.4')
  video.currentTime = 0
  await editor.findAll('textarea')[1]!.trigger('keydown', { key: 'p', altKey: true })
  expect(video.currentTime).toBe(3.4)
  expect(play).toHaveBeenCalledOnce()
})

test('a line is split at the cursor by key, joined, and removed', async () => {
  const { editor } = await shown(CUES)
  const field = editor.findAll('textarea')[0]!
  await field.trigger('focusin')
  field.element.setSelectionRange(5, 5)
  await field.trigger('keydown', { key: 'Enter', ctrlKey: true })
  expect(linesOf(editor)).toEqual(['Hola.', 'En mi colonia no había banquetas.', CUES[1]!.text])
  await editor.findAll('textarea')[1]!.trigger('focusin')
  await buttonOf(editor, words['tool.join']).trigger('click')
  expect(linesOf(editor)).toEqual(['Hola.', 'En mi colonia no había banquetas. Pedimos el contrato.'])
  await buttonOf(editor, words['tool.remove']).trigger('click')
  expect(linesOf(editor)).toEqual(['Hola.'])
})

test('what the database would refuse is said at its line and not sent', async () => {
  const { editor } = await shown(CUES)
  await editor.find('#caption-2-at').setValue('0:02.0')
  expect(editor.text()).toContain(words['trouble.early'])
  await editor.find('form').trigger('submit')
  await flushPromises()
  expect(editor.find('[role=alert]').text()).toBe(words['save.wrong#one'])
  expect(await saved()).toEqual([])
  await editor.find('#caption-2-at').setValue('cerca')
  expect(editor.text()).toContain(words['trouble.unread'])
})

test('captions that somebody else saved meanwhile are told, and these stay until they are chosen or left', async () => {
  const { editor } = await shown(CUES)
  await editor.findAll('textarea')[0]!.setValue('Lo mío.')
  await editor.setProps({ item: item([CUES[1]!], 3) })
  expect(editor.text()).toContain(words.conflict)
  expect(linesOf(editor)).toEqual(['Lo mío.', CUES[1]!.text])
  await buttonOf(editor, words.leave).trigger('click')
  await vi.waitFor(() => expect(linesOf(editor)).toEqual([CUES[1]!.text]))
})

test('captions that were refused come back with the reason', async () => {
  const stopped = {
    seq: 1,
    op_id: 'o1',
    kind: 'video.caption',
    entity_id: 'v1',
    actor: 'yo',
    payload: { cues: [{ at: 0, to: 900, text: 'Lo mío.' }] },
    expected_version: 1,
    state: 'needs_person',
    code: 'conflict',
  } as unknown as OutboxOp
  const { editor } = await shown(null, [stopped])
  await vi.waitFor(() => expect(linesOf(editor)).toEqual(['Lo mío.']))
  expect(editor.text()).toContain(words.conflict)
})

test('a video in which nobody speaks is said to be so, and saved without lines', async () => {
  const { editor } = await shown(null)
  await editor.find('#voiceless').setValue(true)
  await editor.find('form').trigger('submit')
  await vi.waitFor(async () => expect(await saved()).toEqual([[{ cues: [], voiceless: true }, 2]]))
})

test('captions of another transcript are said to be behind', async () => {
  const { editor } = await shown(CUES)
  await editor.setProps({ item: item(CUES, 3, true) })
  expect(editor.text()).toContain(words.behind)
})
