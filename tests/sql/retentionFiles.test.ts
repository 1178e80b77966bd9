/** What is kept of videos and of attendance and until when: words, files, licences, names and hours. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SubmissionRow } from '@/domain/rows'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import { retentionOn } from './retentionFixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
const { scalar, runDue, atTheEdge, receipts, clearReceipts, open } = retentionOn(() => db)
beforeAll(async () => {
  db = await createTestDatabase()
})
beforeEach(() => clearReceipts())
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

describe('videos', () => {
  const results = `select app.end_of_day(c.results_on) + interval '90 days' from app.submissions s
    join app.convocatorias c on c.id = s.convocatoria_id where s.id = $1`

  test('a video that was not selected loses its words and its file ninety days after the results', async () => {
    const sent = await vx.arrive(db, { display_name: 'Ana' })
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    await fx.decide(db, fx.moderator, sent.id, 'not_select')
    const [before, after] = await atTheEdge(results, sent.id, async () => ({
      row: await open(sent),
      jobs: await vx.runJobs(db),
      media: await vx.mediaOf(db, sent),
    }))
    expect(before).toMatchObject({ row: { content: { title: sent.row.content.title } }, jobs: [] })
    expect(after).toMatchObject({
      row: {
        state: 'not_selected',
        content: { title: 'Video borrado', transcript: null, municipality: null },
      },
      jobs: ['erase'],
      media: { status: 'removed', poster: null },
    })
    expect(await receipts('unselected')).toEqual([[90, 1]])
    expect(await receipts('files')).toEqual([[null, 1]])
    await runDue()
    expect(await vx.runJobs(db)).toEqual([])
  })

  test('with the licence a published video leaves the gallery, expires, and loses its copy and its file', async () => {
    const sent = await vx.publishVideo(db)
    const accepted = await vx.arrive(db)
    await vx.runJobs(db)
    const shown = async () =>
      (
        (await callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS })) as {
          items: { folio: string }[]
        }
      ).items.some(({ folio }) => folio === sent.row.folio)
    const end = await scalar<Date>(
      'select app.end_of_day(licence_until) from app.media_uploads where submission_id = $1',
      [sent.id],
    )
    await fx.setClock(db, end.toISOString())
    await runDue()
    expect([await shown(), (await open(sent)).state]).toEqual([true, 'published'])
    await fx.setClock(db, new Date(end.getTime() + 1000).toISOString())
    expect(await shown()).toBe(false) // before any job ran
    await runDue()
    expect(await open(sent)).toMatchObject({ state: 'expired', content: { title: sent.row.content.title } })
    expect((await vx.runJobs(db)).sort()).toEqual(['erase', 'erase', 'unpublish'])
    for (const one of [sent, accepted])
      expect(await vx.mediaOf(db, one)).toMatchObject({ status: 'removed', public_ready: false })
    expect(await receipts('licences')).toEqual([[null, 2]])
    expect(await receipts('files')).toEqual([[null, 2]])
  })

  test('a licence that staff make longer ends on the day that its author was told, a shorter one earlier', async () => {
    const sent = await vx.arrive(db)
    const told = () =>
      scalar<string>('select licence_until::text from app.media_uploads where submission_id = $1', [sent.id])
    const write = (day: string) =>
      db.pool.query('update app.video_campaigns set licence_until = $2 where convocatoria_id = $1', [
        vx.VIDEOS,
        day,
      ])
    const first = await told()
    await write('2040-01-01')
    expect(await told()).toBe(first)
    await write('2029-01-01')
    expect(await told()).toBe('2029-01-01')
    await write(first)
  })
})

describe('attendance', () => {
  const last = (period: string) => `select max(app.end_of_day(j.on_day)) + interval '${period}'
    from app.seats s join app.jornadas j on j.id = s.jornada_id where s.submission_id = $1`

  test('the address goes after twelve months; the name, the post and the hour after two years, and the seat is counted on', async () => {
    await jx.setDay(db, jx.DAY, 10, '3 hours')
    const sent = await jx.register(db)
    const code = (await jx.contentOf(db, sent)).seats[0]!.pass_code
    expect(await jx.checkIn(db, fx.doorVolunteer, sent.id, { code })).toMatchObject({ status: 'applied' })
    const read = async () => ({
      row: (await open(sent)) as SubmissionRow<'jornadas'>,
      by: await scalar('select checked_in_by from app.seats where submission_id = $1', [sent.id]),
    })
    const [kept, addressGone] = await atTheEdge(last('12 months'), sent.id, read)
    expect([kept.row.has_email, addressGone.row.has_email]).toEqual([true, false])
    expect(addressGone.row).toMatchObject({ display_name: 'Ana Pérez' })
    const [before, after] = await atTheEdge(last('24 months'), sent.id, read)
    expect(before.row).toMatchObject({ content: { post: 'Titular de la Unidad de Transparencia' } })
    expect(before.by).not.toBeNull()
    expect(after.row).toMatchObject({
      display_name: null,
      content: { post: 'Borrado', seats: [{ status: 'attended' }] },
    })
    expect(after.by).toBeNull()
    expect(await receipts('attendance')).toEqual([[24, 1]])
    expect(await scalar(`select app.seats_taken($1)`, [jx.DAY])).toBe(1)
  })
})
