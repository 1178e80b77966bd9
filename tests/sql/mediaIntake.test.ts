/**
 * The bytes of a video: the upload policy, the protection of an object that has arrived, and `video.attach`.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  type Actor,
  anon,
  asActor,
  callAs,
  createTestDatabase,
  service,
  type TestDatabase,
} from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const DENIED = '42501'
const ask = (upload: vx.Upload, actor: Actor = anon) => fx.outcome(vx.askPolicy(db, actor, upload))
const finish = (upload: vx.Upload) => fx.outcome(vx.finishUpload(db, upload))
const attach = async (sent: vx.SentVideo, change = {}) => {
  const verdict = await fx.applyOne(db, anon, { ...vx.attachOp(sent), ...change })
  return verdict.status === 'refused' ? verdict.code : verdict.status
}
const withdraw = (sent: vx.SentVideo) =>
  fx.applyOne(db, anon, fx.op('submission.withdraw', sent.id, {}, { secret: sent.secret }))
const jobsOf = async ({ media }: vx.SentVideo) =>
  (
    await db.pool.query('select kind from app.media_jobs where media_id = $1 order by id', [media.id])
  ).rows.map(({ kind }) => kind)
/** Stores an object that the trigger would refuse, as a bug of the storage service could. */
const plant = async (upload: vx.Upload) => {
  await db.pool.query('drop trigger guard_intake on storage.objects')
  await vx.finishUpload(db, upload)
  await db.pool.query(
    `create trigger guard_intake before insert or update on storage.objects for each row execute function app.guard_intake('videos-intake', 'expects_video_file')`,
  )
}

describe('the upload policy', () => {
  test('the upload policy accepts exactly the file that a video announced', async () => {
    const file = vx.fileOf(await vx.submitVideo(db))
    expect(await ask(file)).toBe('ok')
    expect(await ask({ ...file, operation: 'storage.tus.upload.part' })).toBe('ok')
  })

  test.each([
    ['a byte more', (f: vx.Upload) => ({ ...f, bytes: f.bytes! + 1 })],
    ['a byte less', (f: vx.Upload) => ({ ...f, bytes: f.bytes! - 1 })],
    ['an unknown size (hole 3)', (f: vx.Upload) => ({ ...f, bytes: null })],
    ['an unknown type (hole 3)', (f: vx.Upload) => ({ ...f, mime: null })],
    ['a type that is not a video (hole 3)', (f: vx.Upload) => ({ ...f, mime: 'text/html' })],
    ['a signed upload (hole 2)', (f: vx.Upload) => ({ ...f, operation: 'storage.object.sign_upload_url' })],
    ['a plain upload', (f: vx.Upload) => ({ ...f, operation: 'storage.object.upload' })],
    ['no operation', (f: vx.Upload) => ({ ...f, operation: '' })],
    ['the public bucket', (f: vx.Upload) => ({ ...f, bucket: 'videos-public' })],
    ['an id in capitals', (f: vx.Upload) => ({ ...f, name: f.name.toUpperCase() })],
    ['a folder in front of the id', (f: vx.Upload) => ({ ...f, name: `x/${f.name}` })],
    ['an unknown id', (f: vx.Upload) => ({ ...f, name: randomUUID() })],
    ['a name that is not an id', (f: vx.Upload) => ({ ...f, name: `' or true --` })],
  ])('the upload policy rejects %s', async (_, change) => {
    expect(await ask(change(vx.fileOf(await vx.submitVideo(db))))).toBe(DENIED)
  })

  test.each([
    ['a signed-in stranger', fx.stranger],
    ['a moderator', fx.moderator],
  ])('the upload policy rejects the upload of %s', async (_, actor) => {
    expect(await ask(vx.fileOf(await vx.submitVideo(db)), actor)).toBe(DENIED)
  })

  test.each([
    ['nothing', {}, 'ok'],
    ['what the app asks for', { cacheControl: 'max-age=3600' }, 'ok'],
    ['a year', { cacheControl: 'max-age=31536000' }, DENIED],
    ['a year in another form', { cacheControl: '31536000' }, DENIED],
  ])('an upload that asks caches to keep it for %s ends so', async (_, extra, expected) => {
    const file = { ...vx.fileOf(await vx.submitVideo(db)), extra }
    expect(await ask(file)).toBe(expected)
    expect(await finish(file)).toBe(expected)
  })

  test('the upload policy rejects an upload from its expiry on, to the microsecond', async () => {
    const sent = await vx.submitVideo(db)
    const { expires_at } = sent.row.content.media
    await fx.setClock(db, await fx.shift(db, expires_at, '-1 microsecond'))
    expect(await ask(vx.fileOf(sent))).toBe('ok')
    await fx.setClock(db, expires_at)
    expect(await ask(vx.fileOf(sent))).toBe(DENIED)
  })

  test('the upload policy rejects a withdrawn video and accepts it again after the undo', async () => {
    const sent = await vx.submitVideo(db)
    await withdraw(sent)
    expect(await ask(vx.fileOf(sent))).toBe(DENIED)
    await fx.applyOne(db, anon, fx.op('submission.undo_withdraw', sent.id, {}, { secret: sent.secret }))
    expect(await ask(vx.fileOf(sent))).toBe('ok')
  })

  test('an anonymous person can neither read nor change an object', async () => {
    const { media } = await vx.arrive(db)
    for (const sql of [
      'update storage.objects set owner_id = $1',
      'select from storage.objects where name = $1',
    ]) {
      const { rowCount } = await asActor(db, anon, (client) => client.query(sql, [media.id]))
      expect(rowCount).toBe(0)
    }
  })
})

describe('objects that have arrived', () => {
  test('when two uploads of one id race, the second cannot replace the first object (hole 1)', async () => {
    const sent = await vx.submitVideo(db)
    const file = vx.fileOf(sent)
    expect([await ask(file), await ask(file)]).toEqual(['ok', 'ok'])
    expect(await finish(file)).toBe('ok')
    expect(await finish(file)).toBe(DENIED)
    expect(await attach(sent)).toBe('applied')
    expect(await finish(file)).toBe(DENIED)
    expect(await ask(file)).toBe(DENIED)
  })

  test('an upload cannot finish after its expiry, after a withdrawal, or for an unknown id', async () => {
    const late = await vx.submitVideo(db)
    await fx.setClock(db, late.row.content.media.expires_at)
    expect(await finish(vx.fileOf(late))).toBe(DENIED)
    await fx.setClock(db, null)
    const withdrawn = await vx.submitVideo(db)
    await withdraw(withdrawn)
    expect(await finish(vx.fileOf(withdrawn))).toBe(DENIED)
    expect(await finish({ name: randomUUID(), bytes: 5, mime: 'video/mp4' })).toBe(DENIED)
    expect(await finish({ ...vx.fileOf(late), bytes: 5 })).toBe(DENIED)
  })

  test.each([
    ['renamed', `name = gen_random_uuid()::text`],
    ['moved out', `bucket_id = 'videos-public'`],
    ['given another version', `version = 'other'`],
  ])('an object that has arrived cannot be %s', async (_, change) => {
    const { media } = await vx.arrive(db)
    const work = asActor(db, service, (client) =>
      client.query(`update storage.objects set ${change} where name = $1`, [media.id]),
    )
    expect(await fx.outcome(work)).toBe(DENIED)
  })

  test('an object of the public bucket cannot move into the intake, and reading an object is allowed', async () => {
    const { media } = await vx.submitVideo(db)
    await vx.finishUpload(db, { name: media.id, bytes: 1, mime: 'video/mp4', bucket: 'videos-public' })
    const move = `update storage.objects set bucket_id = 'videos-intake' where name = $1`
    expect(await fx.outcome(asActor(db, service, (client) => client.query(move, [media.id])))).toBe(DENIED)
    const arrived = await vx.arrive(db)
    const touch = `update storage.objects set last_accessed_at = now() where name = $1`
    expect(await fx.outcome(asActor(db, service, (client) => client.query(touch, [arrived.media.id])))).toBe(
      'ok',
    )
  })

  test('what an uploader says of a file is not kept', async () => {
    const sent = await vx.submitVideo(db)
    await vx.finishUpload(db, vx.fileOf(sent))
    const say = `update storage.objects set user_metadata = '{"place": "Toluca"}' where name = $1 returning user_metadata`
    const { rows } = await asActor(db, service, (client) => client.query(say, [sent.media.id]))
    expect(rows).toEqual([{ user_metadata: null }])
  })
})

describe('attaching', () => {
  test('video.attach is applied once, stores the object version and queues one verification', async () => {
    const sent = await vx.submitVideo(db)
    await vx.finishUpload(db, vx.fileOf(sent))
    const verdict = await fx.applyOne(db, anon, vx.attachOp(sent))
    expect(verdict).toMatchObject({
      status: 'applied',
      row: { version: 1, content: { media: { status: 'attached' } } },
    })
    expect(await attach(sent)).toBe('applied')
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'attached', version: expect.any(String) })
    expect(await jobsOf(sent)).toEqual(['verify'])
  })

  test('video.attach is refused while the file is missing, with a wrong id and with a wrong secret', async () => {
    const sent = await vx.submitVideo(db)
    const other = await vx.arrive(db)
    expect(await attach(sent)).toBe('upload_missing')
    expect(await attach(sent, { payload: { media_id: other.media.id } })).toBe('upload_missing')
    expect(await attach(sent, { payload: { media_id: 'x' } })).toBe('upload_missing')
    expect(await attach(sent, { payload: {} })).toBe('upload_missing')
    expect(await attach(sent, { payload: { media_id: 7 } })).toBe('malformed_op')
    expect(await attach(sent, { secret: fx.newSecret() })).toBe('submission_unknown')
    expect(await attach(sent, { entity_id: (await fx.submit(db)).id })).toBe('submission_unknown')
  })

  test.each([
    ['size', { bytes: 4_999_999 }],
    ['type', { mime: 'video/webm' }],
  ])('video.attach is refused if the %s of the file differs from the announced one', async (_, change) => {
    const sent = await vx.submitVideo(db)
    await plant({ ...vx.fileOf(sent), ...change })
    expect(await attach(sent)).toBe('upload_mismatch')
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'awaiting_upload' })
  })

  test('video.attach is accepted after the upload has expired if the file has arrived', async () => {
    const sent = await vx.submitVideo(db)
    await vx.finishUpload(db, vx.fileOf(sent))
    await fx.setClock(db, await fx.shift(db, sent.row.content.media.expires_at, '1 hour'))
    expect(await attach(sent)).toBe('applied')
  })

  test('each change of a file’s status reaches the author’s change log once', async () => {
    const sent = await vx.submitVideo(db)
    const count = async () =>
      (await db.pool.query('select from app.change_log where scope = $1', [`mine:${sent.id}`])).rowCount!
    const before = await count()
    await vx.finishUpload(db, vx.fileOf(sent))
    await attach(sent)
    expect(await count()).toBe(before + 1)
    await vx.runJobs(db)
    expect(await count()).toBe(before + 2)
  })
})

describe('due jobs', () => {
  const run = () => asActor(db, service, (client) => client.query('select public.run_due_jobs()'))

  test('an upload that never arrived expires, and its author sees that', async () => {
    const sent = await vx.submitVideo(db)
    const { expires_at } = sent.row.content.media
    await fx.setClock(db, await fx.shift(db, expires_at, '-1 microsecond'))
    await run()
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'awaiting_upload' })
    await fx.setClock(db, expires_at)
    await run()
    expect(await fx.openFolio(db, sent.row.folio, sent.secret)).toMatchObject({
      state: 'received',
      content: { media: { status: 'expired' } },
    })
    expect(await attach(sent)).toBe('upload_missing')
    expect(await jobsOf(sent)).toEqual([])
  })

  test('a file that its phone never attached is attached by the job after an hour', async () => {
    const sent = await vx.submitVideo(db)
    await vx.finishUpload(db, vx.fileOf(sent))
    await run()
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'awaiting_upload' })
    await fx.setClock(db, new Date(Date.now() + 3_600_000).toISOString())
    await run()
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'attached' })
    expect(await jobsOf(sent)).toEqual(['verify'])
    expect(await attach(sent)).toBe('applied')
  })

  test('the job never attaches a file of the wrong size, and its upload expires', async () => {
    const sent = await vx.submitVideo(db)
    await plant({ ...vx.fileOf(sent), bytes: 7 })
    await fx.setClock(db, new Date(Date.now() + 7_200_000).toISOString())
    await run()
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'awaiting_upload' })
    await fx.setClock(db, sent.row.content.media.expires_at)
    await run()
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'expired' })
  })
})

describe('watching an unpublished video', () => {
  const open = (actor: Actor, p_bucket: string, p_name: string) =>
    fx.outcome(callAs(db, actor, 'open_file', { p_bucket, p_name }))
  const canWatch = async (actor: Actor, { media }: vx.SentVideo) =>
    (await open(actor, 'videos-intake', media.id)) === 'ok'

  test('only staff who may read a submission can watch its unpublished video', async () => {
    const sent = await vx.arrive(db)
    const door = await fx.addStaff(db, 'door')
    const retired = await fx.addStaff(db, 'moderator', { active: false })
    const elsewhere = await fx.addStaff(db, 'moderator', { convocatoria: fx.OPEN })
    const here = await fx.addStaff(db, 'moderator', { convocatoria: vx.VIDEOS })
    for (const actor of [fx.moderator, fx.coordinator, fx.auditor, here])
      expect(await canWatch(actor, sent)).toBe(true)
    for (const actor of [anon, fx.stranger, door, retired, elsewhere])
      expect(await canWatch(actor, sent)).toBe(false)
    expect(await open(fx.moderator, 'videos-public', sent.media.id)).toBe('PT403 not_allowed')
    expect(await open(fx.moderator, 'insumos-intake', sent.media.id)).toBe('PT403 not_allowed')
    expect(await open(fx.moderator, 'videos-intake', `${sent.media.id}/..`)).toBe('PT403 not_allowed')
  })

  test('the server says for how long, five minutes, and no member reads or signs a file with their own token', async () => {
    const { media } = await vx.arrive(db)
    const asked = { p_bucket: 'videos-intake', p_name: media.id }
    expect(await callAs(db, fx.moderator, 'open_file', asked)).toEqual({
      bucket: 'videos-intake',
      name: media.id,
      seconds: 300,
    })
    for (const operation of [
      'storage.object.sign',
      'storage.object.get_authenticated',
      'storage.object.list',
    ]) {
      const { rowCount } = await asActor(db, fx.moderator, async (client) => {
        await client.query(`select set_config('storage.operation', $1, true)`, [operation])
        return await client.query('select from storage.objects where name = $1', [media.id])
      })
      expect([operation, rowCount]).toEqual([operation, 0])
    }
  })

  test('a member who is switched off, or whose session has ended, opens nothing', async () => {
    const sent = await vx.arrive(db)
    const member = await fx.addStaff(db, 'moderator', { convocatoria: vx.VIDEOS })
    expect(await canWatch(member, sent)).toBe(true)
    await db.pool.query('delete from auth.sessions where user_id = $1', [member.sub])
    expect(await open(member, 'videos-intake', sent.media.id)).toBe('PT401 session_ended')
    await db.pool.query('update app.staff set active = false where user_id = $1', [member.sub])
    expect(await canWatch(member, sent)).toBe(false)
  })
})

test('the intake bucket is private, the published bucket is public, and both limit size and types', async () => {
  const { rows } = await db.pool.query(
    `select id, public, file_size_limit::int as size, allowed_mime_types as types from storage.buckets
     where id like 'videos-%' order by id`,
  )
  const types = ['video/mp4', 'video/webm', 'video/quicktime', 'video/3gpp', 'audio/webm', 'audio/mp4']
  expect(rows).toEqual([
    { id: 'videos-intake', public: false, size: 314_572_800, types },
    { id: 'videos-public', public: true, size: 314_572_800, types: [...types, 'image/jpeg', 'text/vtt'] },
  ])
})
