/** Captions of videos: who writes them, what is kept, and what becomes public. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import type { OwnCaptions } from '@/features/videos/captionAnswers'
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
async function caption(sent: vx.SentVideo, cues: unknown, expected_version?: number, more = {}) {
  const version = expected_version ?? (await itemOf(sent)).version
  return fx.applyOne(
    db,
    fx.moderator,
    fx.op('video.caption', sent.id, { cues, ...more }, { expected_version: version }),
  )
}
const keysOf = ({ row, secret }: vx.SentVideo) => ({ p_folio: row.folio, p_secret: secret })
const own = (sent: vx.SentVideo) => callAs(db, anon, 'own_captions', keysOf(sent)) as Promise<OwnCaptions>
const ownCaption = async (sent: vx.SentVideo, p_cues: unknown, p_version?: number) =>
  callAs(db, anon, 'caption_own_video', {
    ...keysOf(sent),
    p_version: p_version ?? (await own(sent)).version,
    p_cues: JSON.stringify(p_cues),
  }) as Promise<OwnCaptions>
const publish = async (sent: vx.SentVideo) =>
  fx.decide(db, fx.moderator, sent.id, 'publish').then(
    ({ state }) => state,
    (error: Error) => (JSON.parse(error.message) as { code: string }).code,
  )
/** A video whose file is verified and which staff accepted. */
async function accepted(): Promise<vx.SentVideo> {
  const sent = await vx.arrive(db)
  await vx.runJobs(db)
  await fx.decide(db, fx.moderator, sent.id, 'accept')
  return sent
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

test('a video in which somebody speaks is published with captions only, and staff may say that nobody does', async () => {
  const sent = await accepted()
  expect(await publish(sent)).toBe('captions_missing')
  const { items } = (await callAs(db, fx.moderator, 'missing_captions', {})) as { items: { id: string }[] }
  expect(items).toContainEqual({
    id: sent.id,
    folio: sent.row.folio,
    state: 'accepted',
    title: sent.row.content.title,
  })
  expect(await caption(sent, CUES, undefined, { voiceless: true })).toMatchObject({ code: 'malformed_op' })
  expect(await caption(sent, [], undefined, { voiceless: true })).toMatchObject({
    row: { content: { captions: null, voiceless: true } },
  })
  expect((await itemOf(sent)).events.at(-1)).toMatchObject({ kind: 'voiceless' })
  expect(await publish(sent)).toBe('media_not_verified')
  expect(JSON.stringify(await callAs(db, fx.moderator, 'missing_captions', {}))).not.toContain(sent.id)
  expect(await caption(sent, CUES)).toMatchObject({ row: { content: { captions: CUES, voiceless: false } } })
})

test('a video in which nobody speaks needs no transcript, and everybody reads that it is without voice', async () => {
  const sent = await vx.arrive(db, { transcript: null })
  await vx.runJobs(db)
  await fx.decide(db, fx.moderator, sent.id, 'accept')
  expect(await publish(sent)).toBe('transcript_missing')
  await caption(sent, [], undefined, { voiceless: true })
  const { rows } = await db.pool.query('select app.video_content($1) as own', [sent.id])
  expect(rows[0].own).toMatchObject({ voiceless: true }) // so that her phone asks for no transcript
  expect(await publish(sent)).toBe('media_not_verified')
  await vx.prepareVideo(db, sent)
  expect(await publish(sent)).toBe('published')
  await vx.runJobs(db)
  const { items } = (await callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS })) as {
    items: Record<string, unknown>[]
  }
  expect(items.find(({ folio }) => folio === sent.row.folio)).toMatchObject({
    voiceless: true,
    transcript: null,
    captions: null,
  })
})

test('staff take back that nobody speaks, also of a video without transcript, which then needs one again', async () => {
  const sent = await vx.arrive(db, { transcript: null })
  await vx.runJobs(db)
  await fx.decide(db, fx.moderator, sent.id, 'accept')
  await caption(sent, [], undefined, { voiceless: true })
  expect(await caption(sent, [])).toMatchObject({ row: { content: { voiceless: false } } })
  expect(await publish(sent)).toBe('transcript_missing')
})

test('a video that was published without captions stays public, stands in the list, and none loses them afterwards', async () => {
  const sent = await vx.publishVideo(db)
  expect(await caption(sent, [])).toMatchObject({ status: 'refused', code: 'captions_missing' })
  await db.pool.query('update app.videos set captions = null where submission_id = $1', [sent.id])
  const { items } = (await callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS })) as {
    items: { folio: string }[]
  }
  expect(items.map(({ folio }) => folio)).toContain(sent.row.folio)
  const lacking = (await callAs(db, fx.moderator, 'missing_captions', {})) as { items: { id: string }[] }
  expect(lacking.items.find(({ id }) => id === sent.id)).toMatchObject({ state: 'published' })
  for (const actor of [anon, fx.auditor, fx.doorVolunteer])
    expect(await fx.outcome(callAs(db, actor, 'missing_captions', {}))).not.toBe('ok')
})

describe('the author', () => {
  test('makes captions with the private link, and staff see them before they publish', async () => {
    const sent = await accepted()
    expect(await own(sent)).toMatchObject({
      cues: [],
      open: true,
      transcript: 'Hola. En mi colonia…',
      stored: true,
    })
    expect(await ownCaption(sent, [{ ...CUES[0], text: ' Hola.\u0007 ' }])).toMatchObject({
      cues: [{ ...CUES[0], text: 'Hola.' }],
    })
    const item = await itemOf(sent)
    expect(item.content.captions).toEqual([{ ...CUES[0], text: 'Hola.' }])
    expect(item.events.at(-1)).toMatchObject({ kind: 'captioned', actor: null })
  })

  test('writes over the version that they saw, so that nothing of staff is lost', async () => {
    const sent = await vx.arrive(db)
    const { version } = await own(sent)
    await caption(sent, CUES)
    expect(await fx.outcome(ownCaption(sent, [CUES[1]], version))).toContain('conflict')
    expect((await own(sent)).cues).toEqual(CUES)
    expect((await ownCaption(sent, [CUES[1]])).cues).toEqual([CUES[1]])
    expect(await caption(sent, CUES, version)).toMatchObject({ status: 'conflict' })
  })

  test('keeps to the rules of a caption, with a list of her own', async () => {
    const sent = await vx.arrive(db)
    for (const cues of [{}, 3, null, [{ at: 0, to: 99, text: 'a' }], [{ at: 0, to: 900, text: ' ' }]])
      expect(await fx.outcome(ownCaption(sent, cues))).toContain('malformed_op')
    expect(await fx.outcome(ownCaption(sent, [{ at: 1e300, to: 2e300, text: 'a' }]))).not.toBe('ok')
    const other = await vx.arrive(db)
    const stolen = { ...keysOf(sent), p_secret: other.secret, p_version: 1, p_cues: '[]' }
    expect(await fx.outcome(callAs(db, anon, 'caption_own_video', stolen))).toContain('submission_unknown')
    expect(await fx.outcome(callAs(db, anon, 'own_captions', { ...keysOf(sent), p_secret: 'x' }))).toContain(
      'submission_unknown',
    )
  })

  test('stops when the video is public, and before it has a transcript', async () => {
    const shown = await vx.publishVideo(db)
    expect((await own(shown)).open).toBe(false)
    expect(await fx.outcome(ownCaption(shown, CUES))).toContain('not_correctable')
    const mute = await vx.submitVideo(db, { transcript: null })
    expect(await fx.outcome(ownCaption(mute, CUES))).toContain('not_correctable')
  })

  test('opens her own file for five minutes with the private link, and no other file and none that she withdrew', async () => {
    const sent = await vx.arrive(db)
    const open = (keys: object) => callAs(db, anon, 'open_own_video', keys as never)
    expect(await open(keysOf(sent))).toEqual({ bucket: 'videos-intake', name: sent.media.id, seconds: 300 })
    const waiting = await vx.submitVideo(db)
    expect(await fx.outcome(open(keysOf(waiting)))).toContain('upload_missing')
    expect(await fx.outcome(open({ ...keysOf(sent), p_secret: waiting.secret }))).toContain(
      'submission_unknown',
    )
    const withdraw = fx.op('submission.withdraw', sent.id, {}, { secret: sent.secret })
    expect(await fx.applyOne(db, anon, withdraw)).toMatchObject({ status: 'applied' })
    expect(await fx.outcome(open(keysOf(sent)))).toContain('upload_missing')
  })
})
