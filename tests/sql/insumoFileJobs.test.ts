/** The work on files of insumos, which follows from what campaigns say. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CampaignAnswer, CampaignPreview } from '@/domain/campaignDraft'
import { callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { actsOn, itemOf } from './insumoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(async () => {
  await fx.setClock(db, null)
  await db.pool.query(`delete from app.campaign_sections; delete from app.insumos where file_id is not null;
    delete from app.insumo_files`)
})
afterAll(() => db.drop())
const {
  later,
  create,
  add,
  upload,
  canRead,
  take,
  settle,
  work,
  markUnused,
  fileOf,
  save,
  publish,
  publishedWithFile,
  verified,
} = actsOn(() => db)

const objectOf = async (file: string) =>
  (
    await db.pool.query<{ name: string }>(
      'select app.insumo_object(f) as name from app.insumo_files f where id = $1',
      [file],
    )
  ).rows[0]!.name

describe('the work on a file', () => {
  test('publishing copies it, and everybody then sees it with its address', async () => {
    const { campaign, file, item } = await publishedWithFile()
    const row = async () =>
      (await db.pool.query<{ row: object }>('select app.insumo_row($1) as row', [item.id])).rows[0]!.row
    expect(await row()).toMatchObject({
      kind: 'pdf',
      licence: 'cc-by-4.0',
      file: { bytes: 5000, object: null },
    })
    expect(await work()).toEqual(['publish'])
    expect(await row()).toMatchObject({
      file: { id: file, object: expect.stringMatching(/^[0-9a-f-]{36}\.pdf$/u) },
    })
    const logged = await db.pool.query(`select from app.change_log where entity = 'insumo' and id = $1`, [
      item.id,
    ])
    expect(logged.rows.length).toBeGreaterThanOrEqual(2)
    expect(await work()).toEqual([])
    await callAs(db, fx.coordinator, 'withdraw_convocatoria', { p_id: campaign, p_reason: 'Se corrige.' })
    expect(await work()).toEqual(['unpublish'])
    expect(await fileOf(file)).toMatchObject({ copy: 'none', status: 'verified' })
  })

  test('of a replaced file the public copy ends at once and the bytes a day later, with a receipt', async () => {
    const { campaign, file } = await publishedWithFile()
    expect(await work()).toEqual(['publish'])
    const former = await objectOf(file)
    const next = await verified(campaign)
    await save(campaign, [itemOf(next)])
    expect(await work(), 'what is being written changes nothing that is public').toEqual([])
    await publish(campaign)
    const jobs = await take()
    expect(jobs.map((job) => job.work).sort()).toEqual(['publish', 'unpublish'])
    expect(jobs.find((job) => job.work === 'unpublish')).toMatchObject({ id: file, public_object: former })
    for (const job of jobs) await settle(job.id, job.work)
    expect(await fileOf(file)).toMatchObject({ copy: 'none' })
    expect(await objectOf(next)).not.toBe(former)
    await markUnused()
    await later(25)
    expect(await work()).toEqual(['erase'])
    expect(await fileOf(file)).toBeUndefined()
    const { rows } = await db.pool.query(
      `select deleted, amount from app.deletion_receipts where rule = 'insumos' and convocatoria_id = $1`,
      [campaign],
    )
    expect(rows).toEqual([{ deleted: 1, amount: null }])
  })

  test('a copy whose report was lost is removed too', async () => {
    const { campaign } = await publishedWithFile()
    expect((await take()).map((job) => job.work)).toEqual(['publish']) // its worker dies
    await callAs(db, fx.coordinator, 'withdraw_convocatoria', { p_id: campaign, p_reason: 'Se corrige.' })
    expect(await work()).toEqual([])
    await later(1)
    expect(await work()).toEqual(['unpublish'])
  })

  test('a file is erased a day after the last campaign let it go', async () => {
    const campaign = await create()
    const file = await verified(campaign)
    const item = itemOf(file)
    await save(campaign, [item])
    const copy = (
      (await callAs(db, fx.coordinator, 'clone_convocatoria', {
        p_id: randomUUID(),
        p_from: campaign,
        p_opens_on: '2036-11-06',
      })) as CampaignAnswer
    ).id
    await callAs(db, fx.coordinator, 'delete_convocatoria', { p_id: campaign })
    await markUnused()
    await later(48)
    expect(await work()).toEqual([]) // the copy still names it
    expect(await canRead(fx.moderator, file)).toBe(true)
    await callAs(db, fx.coordinator, 'delete_convocatoria', { p_id: copy })
    await markUnused()
    expect(await work()).toEqual([])
    await later(60)
    expect(await work()).toEqual([])
    await later(73)
    expect(await work()).toEqual(['erase'])
    expect(await fileOf(file)).toBeUndefined()
  })

  test('a file that is taken up again within the day stays', async () => {
    const campaign = await create()
    const file = await verified(campaign)
    await save(campaign, [])
    await markUnused()
    expect(await fileOf(file)).toMatchObject({ unused_since: expect.any(Date) })
    await save(campaign, [itemOf(file)])
    await later(48)
    expect(await work()).toEqual([])
    await markUnused()
    expect(await fileOf(file)).toMatchObject({ unused_since: null })
  })

  test('a file that is taken up while it is erased asks for itself anew', async () => {
    const campaign = await create()
    const file = await verified(campaign)
    await markUnused()
    await later(25)
    const [job] = await take()
    expect(job?.work).toBe('erase')
    await save(campaign, [itemOf(file)])
    await settle(file, 'erase')
    expect(await save(campaign, [itemOf(file)])).toEqual(['insumo-ID-file file_erased missing'])
  })

  test('work that fails waits longer each time, and a lease that ends is taken again', async () => {
    const { id } = await add(await create())
    await upload(fx.coordinator, id)
    expect(await take()).toHaveLength(1)
    expect(await take()).toHaveLength(0)
    await later(1)
    expect(await take()).toHaveLength(1)
    await settle(id, 'verify', null, 'object_missing (404)')
    expect(await take()).toHaveLength(0)
    await later(2)
    expect(await take()).toHaveLength(1)
  })

  test.each(['a check that fails', 'a worker that dies'])(
    'after ten times %s, the file is refused with words and asks for itself anew',
    async (fault) => {
      const campaign = await create()
      const { id } = await add(campaign)
      await upload(fx.coordinator, id)
      const problems = () => save(campaign, [itemOf(id)])
      for (let hour = 1; hour <= 10; hour++) {
        expect(await problems()).toEqual(['insumo-ID-file file_unverified missing'])
        expect((await take()).map((job) => job.work)).toEqual(['verify'])
        if (fault === 'a check that fails') await settle(id, 'verify', null, 'out of memory')
        await later(hour)
      }
      expect(await work()).toEqual([])
      expect(await problems()).toEqual(['insumo-ID-file file_unchecked missing'])
      await later(20)
      expect(await work()).toEqual([])
    },
  )

  test('a copy that fails is tried until it is there', async () => {
    const { file } = await publishedWithFile()
    for (let time = 1; time <= 12; time++) {
      expect((await take()).map((job) => job.work)).toEqual(['publish'])
      await settle(file, 'publish', null, 'storage is away')
      await later(time * 5)
    }
    expect(await work()).toEqual(['publish'])
    expect(await fileOf(file)).toMatchObject({ copy: 'ready' })
  })

  test('a preview leaves out a file that is not there, and shows the others', async () => {
    const campaign = await create()
    const file = await verified(campaign)
    await save(campaign, [itemOf(file), itemOf(null)])
    const preview = (await callAs(db, fx.coordinator, 'preview_convocatoria', {
      p_id: campaign,
    })) as CampaignPreview
    expect(preview.insumos).toMatchObject([{ kind: 'pdf', file: { bytes: 5000, object: null } }])
  })
})
