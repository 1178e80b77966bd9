/** Captions of videos: who writes them, what is kept, and what becomes public. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const CUES = [
  { at: 400, to: 2_900, text: 'Hola. En mi colonia\nno había banquetas.' },
  { at: 3_000, to: 5_000, text: 'Pedimos el contrato.' },
]
const itemOf = async ({ id }: vx.SentVideo) =>
  (await callAs(db, fx.moderator, 'review_item', { p_id: id })) as StaffItem<'videos'>
async function caption(sent: vx.SentVideo, cues: unknown, expected_version?: number) {
  const version = expected_version ?? (await itemOf(sent)).version
  return fx.applyOne(
    db,
    fx.moderator,
    fx.op('video.caption', sent.id, { cues }, { expected_version: version }),
  )
}

test('staff make captions, correct them, and take them away', async () => {
  const sent = await vx.arrive(db)
  expect((await itemOf(sent)).content).toMatchObject({ captions: null, captions_behind: false })
  expect(
    await caption(sent, [{ ...CUES[0], text: ` ${CUES[0]!.text} `, colour: 'red' }, CUES[1]]),
  ).toMatchObject({
    status: 'applied',
    row: { content: { captions: CUES, captions_behind: false } },
  })
  expect((await itemOf(sent)).events.at(-1)).toMatchObject({ kind: 'captioned' })
  expect(await caption(sent, [CUES[1]])).toMatchObject({ row: { content: { captions: [CUES[1]] } } })
  expect(await caption(sent, [])).toMatchObject({ row: { content: { captions: null } } })
})

test.each([
  ['no list', {}],
  ['a number', 3],
  [
    'more lines than anybody reads',
    Array.from({ length: 601 }, (_, at) => ({ at: at * 100, to: at * 100 + 100, text: 'a' })),
  ],
  ['a line without words', [{ at: 0, to: 900, text: ' \u200b' }]],
  ['a line without an end', [{ at: 0, text: 'a' }]],
  ['a line that ends before it begins', [{ at: 900, to: 0, text: 'a' }]],
  ['a line that nobody can see', [{ at: 0, to: 99, text: 'a' }]],
  ['a time before the video', [{ at: -1, to: 900, text: 'a' }]],
  ['a time after the video', [{ at: 0, to: 62_001, text: 'a' }]],
  ['a part of a ms', [{ at: 0.5, to: 900, text: 'a' }]],
  [
    'lines at the same time',
    [
      { at: 0, to: 900, text: 'a' },
      { at: 899, to: 1_500, text: 'b' },
    ],
  ],
  [
    'lines in another order',
    [
      { at: 1_000, to: 1_500, text: 'a' },
      { at: 0, to: 900, text: 'b' },
    ],
  ],
  ['a long line', [{ at: 0, to: 900, text: 'a'.repeat(201) }]],
  ['four lines at once', [{ at: 0, to: 900, text: 'a\nb\nc\nd' }]],
  ['a number that nobody can store', [{ at: 1e300, to: 2e300, text: 'a' }]],
])('%s is refused, and the captions of before stay', async (_, cues) => {
  const sent = await vx.submitVideo(db)
  await caption(sent, CUES)
  expect(await caption(sent, cues)).toMatchObject({ status: 'refused', code: 'malformed_op' })
  expect((await itemOf(sent)).content.captions).toEqual(CUES)
})

test('captions need a transcript, an open video, and the version that was seen', async () => {
  const mute = await vx.submitVideo(db, { transcript: null })
  expect(await caption(mute, CUES)).toMatchObject({ code: 'transition_invalid', field: 'captions' })
  const sent = await vx.submitVideo(db)
  expect(await caption(sent, CUES, 7)).toMatchObject({ status: 'conflict' })
  await fx.decide(db, fx.moderator, sent.id, 'reject', { reason_code: 'other', message: 'No es un video.' })
  expect(await caption(sent, CUES)).toMatchObject({ code: 'transition_invalid' })
})

test('a transcript that its author changes says so of the captions, which stay', async () => {
  const sent = await vx.submitVideo(db)
  await caption(sent, CUES)
  const { pillar, title, summary } = sent.row.content
  const correction = fx.op(
    'video.correct',
    sent.id,
    { pillar, title, summary, transcript: 'Otra cosa.' },
    { secret: sent.secret, expected_version: (await itemOf(sent)).version },
  )
  expect(await fx.applyOne(db, anon, correction)).toMatchObject({ status: 'applied' })
  expect((await itemOf(sent)).content).toMatchObject({ captions: CUES, captions_behind: true })
})

test('a published video names its captions, and captions that change later are written again', async () => {
  const sent = await vx.arrive(db)
  await vx.runJobs(db)
  await caption(sent, CUES)
  await fx.decide(db, fx.moderator, sent.id, 'accept')
  await vx.prepareVideo(db, sent)
  await fx.decide(db, fx.moderator, sent.id, 'publish')
  const [job] = await vx.takeJobs(db)
  expect(job).toMatchObject({ kind: 'publish', cues: CUES })
  await vx.settle(db, job!.id)
  const { items } = (await callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS })) as {
    items: Record<string, unknown>[]
  }
  const shown = items.find(({ folio }) => folio === sent.row.folio)!
  expect(shown['captions']).toBe(String(shown['poster']).replace('.jpg', '.vtt'))
  await caption(sent, [CUES[1]])
  expect(await vx.takeJobs(db)).toMatchObject([{ kind: 'publish', cues: [CUES[1]] }])
})
