/** The database's rules for a video's text and file: limits, codes and fields of refusals, and deadlines. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CampaignDraft } from '@/domain/campaignDraft'
import type { Convocatoria, SubmissionRow } from '@/domain/rows'
import { POSTER_MAX_BYTES, type VideoDetails } from '@/domain/video'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { fullRead } from './reader'
import * as vx from './videoFixtures'

let db: TestDatabase
let received_until: string
beforeAll(async () => {
  db = await createTestDatabase()
  const { rows } = await db.pool.query(
    `select to_json(app.received_until(c)) #>> '{}' as at from app.convocatorias c where id = $1`,
    [vx.VIDEOS],
  )
  received_until = rows[0].at
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const words = (verdict: { status: string; code?: string; field?: string }) =>
  verdict.status === 'refused' ? [verdict.code, verdict.field].filter(Boolean).join(' ') : verdict.status
const sendAs = async (payload: unknown, id: string = randomUUID()) =>
  words(await fx.applyOne(db, anon, fx.op('video.submit', id, payload, { secret: fx.newSecret() })))
const send = async (change: Record<string, unknown>) => sendAs({ ...(await vx.video(db)), ...change })
const sendFile = async (change: Record<string, unknown>) => {
  const payload = await vx.video(db)
  return sendAs({ ...payload, media: { ...payload.media, ...change } })
}

describe('the text of a video', () => {
  test.each([
    ['a known pillar', { pillar: 'rendicion_de_cuentas' }, 'applied'],
    ['an unknown pillar', { pillar: 'paz' }, 'pillar_unknown pillar'],
    ['no pillar', { pillar: null }, 'pillar_unknown pillar'],
    ['no title', { title: null }, 'title_required title'],
    ['a title of spaces', { title: ' \u200b ' }, 'title_required title'],
    ['a title of one letter', { title: 'a' }, 'applied'],
    ['a title of 80 emoji', { title: '🙂'.repeat(80) }, 'applied'],
    ['a title of 81 letters', { title: 'a'.repeat(81) }, 'title_too_long title'],
    ['a title of two lines', { title: 'Una\nDos' }, 'applied'],
    ['no summary', { summary: '' }, 'summary_required summary'],
    ['a summary of 300 letters', { summary: 'a'.repeat(300) }, 'applied'],
    ['a summary of 301 letters', { summary: 'a'.repeat(301) }, 'summary_too_long summary'],
    ['a summary of an escape character', { summary: '\u001b' }, 'summary_required summary'],
    ['no transcript', { transcript: null }, 'applied'],
    ['an empty transcript', { transcript: '  ' }, 'applied'],
    ['a transcript of 5,000 letters', { transcript: 'a'.repeat(5000) }, 'applied'],
    ['a transcript of 5,001 letters', { transcript: 'a'.repeat(5001) }, 'transcript_too_long transcript'],
    [
      'a transcript of 5,000 letters and an escape character',
      { transcript: `${'a'.repeat(5000)}\u001b` },
      'applied',
    ],
  ])('the database judges a video with %s', async (_, change, expected) =>
    expect(await send(change)).toBe(expected),
  )

  test('the stored text is trimmed, and an empty transcript becomes null', async () => {
    const { row } = await vx.submitVideo(db, { title: '  Mi\v<b>calle</b>  ', transcript: ' \u3164' })
    expect(row.content).toMatchObject({ title: 'Mi <b>calle</b>', transcript: null })
  })
})

describe('the file of a video', () => {
  test.each([
    ['the minimum duration', { duration_ms: 15_000 }, 'applied'],
    ['a duration one millisecond too short', { duration_ms: 14_999 }, 'media_too_short media'],
    ['the maximum duration', { duration_ms: 180_000 }, 'applied'],
    ['a duration one millisecond too long', { duration_ms: 180_001 }, 'media_too_long media'],
    ['the maximum size', { bytes: 300_000_000 }, 'applied'],
    ['a size one byte too large', { bytes: 300_000_001 }, 'media_too_large media'],
    ['a size of one terabyte', { bytes: 1e12 }, 'media_too_large media'],
    ['the type WebM', { mime: 'video/webm' }, 'applied'],
    ['the type MOV', { mime: 'video/quicktime' }, 'applied'],
    ['the type 3GP', { mime: 'video/3gpp' }, 'applied'],
    ['the type WebM with codecs', { mime: 'video/webm;codecs=vp8' }, 'media_type_unsupported media'],
    ['the type of a picture', { mime: 'image/jpeg' }, 'media_type_unsupported media'],
    ['no type', { mime: null }, 'media_type_unsupported media'],
    ['a hash of 63 digits', { sha256: 'a'.repeat(63) }, 'media_hash_invalid media'],
    ['a hash in capitals', { sha256: 'A'.repeat(64) }, 'media_hash_invalid media'],
    ['no hash', { sha256: null }, 'media_hash_invalid media'],
    ['a size of zero bytes', { bytes: 0 }, 'malformed_op media'],
    ['a size that is a string', { bytes: '5' }, 'malformed_op media'],
    ['a size of half a byte', { bytes: 0.5 }, 'malformed_op media'],
    ['no duration', { duration_ms: null }, 'malformed_op media'],
    ['a width of zero', { width: 0 }, 'malformed_op media'],
    ['a height above the limit', { height: 16_385 }, 'malformed_op media'],
    ['no id', { id: null }, 'malformed_op media'],
    ['an id that can be guessed', { id: '00000000-0000-0000-0000-000000000001' }, 'malformed_op media'],
    [
      'an id made from a clock (version 7)',
      { id: '01890a5d-ac96-774b-bcce-b302099a8057' },
      'malformed_op media',
    ],
  ])('the database judges a file with %s', async (_, change, expected) =>
    expect(await sendFile(change)).toBe(expected),
  )

  test('a video without a file is refused', async () =>
    expect(await send({ media: null })).toBe('malformed_op media'))

  test('a file id that another video has is refused, and no row of that submission is kept', async () => {
    const { media, id } = await vx.submitVideo(db)
    const other = randomUUID()
    expect(await sendAs(await vx.video(db, { media: { id: media.id } }), other)).toBe('malformed_op media')
    const { rowCount } = await db.pool.query('select from app.submissions where id = $1', [other])
    expect(rowCount).toBe(0)
    expect(await vx.mediaOf(db, { media })).toMatchObject({ submission_id: id })
  })

  test.each([
    ['no bytes', null, 'applied'],
    ['64 KiB', POSTER_MAX_BYTES, 'applied'],
    ['64 KiB and a byte', POSTER_MAX_BYTES + 1, 'malformed_op poster'],
    ['64 KiB and three bytes', POSTER_MAX_BYTES + 3, 'malformed_op poster'],
  ])('the database judges a poster of %s', async (_, size, expected) => {
    const bytes = size && Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(size - 4, 7)])
    expect(await send({ poster: bytes ? bytes.toString('base64') : null })).toBe(expected)
  })

  test.each([
    ['a GIF', Buffer.from('GIF89a').toString('base64')],
    ['not base64', '/9j/*'],
    ['truncated base64', '/9j/4AA'],
    ['an empty string', ''],
  ])('a poster that is %s is refused', async (_, poster) =>
    expect(await send({ poster })).toBe('malformed_op poster'),
  )
})

describe('the author and the notice of a video', () => {
  const without = (key: string) => vx.CONSENTS.filter((one) => one.key !== key)
  test.each([
    ['an empty name', { display_name: '' }, 'name_required display_name'],
    ['an unknown sector', { sector: 'gobierno' }, 'sector_unknown sector'],
    ['an unknown municipality', { municipality: '09001' }, 'municipality_unknown municipality'],
    ['an invalid email address', { email: 'ana' }, 'email_invalid email'],
    ['no declaration of own work', { consents: without('own_work') }, 'consent_missing consents'],
    ['no agreement of the people shown', { consents: without('people_agree') }, 'consent_missing consents'],
    ['no licence', { consents: without('licence') }, 'consent_missing consents'],
    ['no consent to publish', { consents: without('publish') }, 'applied'],
    ['the notice of the consultation', { notice_id: fx.NOTICE }, 'consent_missing consents'],
    ['an outdated hash', { notice_hash: '0'.repeat(64) }, 'notice_outdated notice'],
  ])('the database judges a video with %s', async (_, change, expected) =>
    expect(await send(change)).toBe(expected),
  )
})

test('a refusal names the first broken rule', async () => {
  const wrong = { title: '', media: 7, display_name: '', consents: [] }
  expect(await send({ ...wrong, pillar: 'x' })).toBe('pillar_unknown pillar')
  expect(await send(wrong)).toBe('title_required title')
  expect(await send({ ...wrong, title: 'a' })).toBe('malformed_op media')
  expect(await send({ display_name: '', consents: [] })).toBe('name_required display_name')
})

describe('the deadlines of a video', () => {
  test.each([
    [
      'a microsecond before the end of the grace period',
      '-1 microsecond',
      { status: 'applied', row: { late: true } },
    ],
    ['at the end of the grace period', '0', { status: 'refused', code: 'convocatoria_closed' }],
  ])('the database judges a video received %s', async (_, interval, expected) => {
    await fx.setClock(db, await fx.shift(db, received_until, interval))
    const op = fx.op('video.submit', randomUUID(), await vx.video(db), { secret: fx.newSecret() })
    expect(await fx.applyOne(db, anon, op)).toMatchObject(expected)
  })

  test('an upload expires 96 hours after the deadline of its text', async () => {
    const { row } = await vx.submitVideo(db)
    expect(new Date(row.content.media.expires_at)).toEqual(
      new Date(await fx.shift(db, received_until, '96 hours')),
    )
  })

  test('the historic call for videos is closed', async () =>
    expect(await send({ convocatoria_id: '00000000-0000-4000-8000-0000000000c6' })).toBe(
      'convocatoria_closed',
    ))
})

test('a video sent twice by its author is one row, and its id is unknown to another author', async () => {
  const secret = fx.newSecret()
  const op = fx.op('video.submit', randomUUID(), await vx.video(db), { secret })
  const first = await fx.applyOne(db, anon, op)
  expect(await fx.applyOne(db, anon, { ...op, op_id: randomUUID() })).toMatchObject({
    status: 'applied',
    row: (first as { row: SubmissionRow }).row,
  })
  expect(await fx.applyOne(db, anon, { ...op, op_id: randomUUID(), secret: fx.newSecret() })).toMatchObject({
    code: 'submission_unknown',
  })
})

test('announced videos that never send a byte keep nobody from submitting', async () => {
  const op = async () => fx.op('video.submit', randomUUID(), await vx.video(db), { secret: fx.newSecret() })
  const all = await Promise.all(Array.from({ length: 350 }, op))
  for (let from = 0; from < all.length; from += 25) {
    const verdicts = await fx.apply(db, anon, ...all.slice(from, from + 25))
    expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['applied']))
  }
  expect(await fx.applyOne(db, anon, await op())).toMatchObject({ status: 'applied' })
})

describe('reading a video', () => {
  test('an author reads the text and the file without its hash', async () => {
    const { row, media, secret } = await vx.submitVideo(db, { display_name: 'Ana' })
    const { sha256: _, ...known } = media
    expect(row).toMatchObject({ kind: 'videos', folio: expect.stringMatching(/^VI-/), display_name: 'Ana' })
    expect(row.content.media).toEqual({
      ...known,
      status: 'awaiting_upload',
      expires_at: expect.any(String),
      tells: [],
    })
    expect(await fx.openFolio(db, row.folio, secret)).toEqual(row)
  })

  test('staff also read the hash, the outcome of the verification, the poster and the transcript’s origin', async () => {
    const { id, media } = await vx.submitVideo(db)
    expect(await callAs(db, fx.auditor, 'review_item', { p_id: id })).toMatchObject({
      part_label: 'Transparencia',
      excerpt: 'El mapa de baches que sí se atendió',
      content: { transcribed: false, media: { sha256: media.sha256, found: null, poster: vx.POSTER } },
    })
  })

  test('everybody reads the limits and pillars in the convocatoria', async () => {
    const { base } = await fullRead(db, { scope: 'public', cursor: null })
    const { details } = base[`convocatoria/${vx.VIDEOS}`] as Convocatoria
    expect(details).toMatchObject({ min_s: 15, max_s: 180, max_bytes: 300_000_000 })
    expect((details as { pillars: { key: string }[] }).pillars.map(({ key }) => key)).toEqual([
      'participacion',
      'transparencia',
      'rendicion_de_cuentas',
      'colaboracion',
      'gobernanza',
    ])
    expect((base[`convocatoria/${fx.OPEN}`] as Convocatoria).details).toBeNull()
  })

  test('a change of a pillar reaches phones', async () => {
    const { cursor } = await fullRead(db, { scope: 'public', cursor: null })
    await db.pool.query(`update app.pillars set title = 'Claridad' where key = 'transparencia'`)
    const { base } = await fullRead(db, { scope: 'public', cursor }, {})
    expect(Object.keys(base)).toEqual([`convocatoria/${vx.VIDEOS}`])
    await db.pool.query(`update app.pillars set title = 'Transparencia' where key = 'transparencia'`)
  })
})

describe('correcting a video', () => {
  const change = { pillar: 'gobernanza', title: 'Otro título', summary: 'Otro', transcript: null }
  const correct = (sent: vx.SentVideo, payload: unknown, rest = {}) =>
    fx.applyOne(db, anon, fx.op('video.correct', sent.id, payload, { secret: sent.secret, ...rest }))

  test('a correction changes the text that staff asked about, and not the file', async () => {
    const sent = await vx.submitVideo(db)
    const { version } = await fx.decide(db, fx.moderator, sent.id, 'request_correction', {
      message: 'Aclara.',
    })
    expect(await correct(sent, change, { expected_version: version })).toMatchObject({
      status: 'applied',
      row: { state: 'in_review', content: { ...change, media: { id: sent.media.id } } },
    })
  })

  test.each([
    ['a title that is too long', { title: 'a'.repeat(81) }, 'title_too_long title'],
    ['an unknown pillar', { pillar: 'paz' }, 'pillar_unknown pillar'],
  ])('a correction with %s is refused', async (_, wrong, expected) => {
    const sent = await vx.submitVideo(db)
    const { version } = await fx.decide(db, fx.moderator, sent.id, 'request_correction', {
      message: 'Aclara.',
    })
    expect(words(await correct(sent, { ...change, ...wrong }, { expected_version: version }))).toBe(expected)
  })

  test('until review begins a correction replaces the texts and changes no state', async () => {
    const sent = await vx.submitVideo(db)
    expect(await correct(sent, change, { expected_version: 1 })).toMatchObject({
      status: 'applied',
      row: { state: 'received', version: 2, content: change },
    })
  })

  test('an author adds the transcript after review began, in place of one by staff, and staff read it as the author’s', async () => {
    const sent = await vx.submitVideo(db, { transcript: null })
    const { version } = await fx.decide(db, fx.moderator, sent.id, 'accept')
    const { pillar, title, summary } = sent.row.content
    const added = { pillar, title, summary, transcript: 'Hola a todas.' }
    expect(
      await correct(sent, { ...added, title: 'Otro título' }, { expected_version: version }),
    ).toMatchObject({
      code: 'not_correctable',
    })
    const by = fx.op('video.transcribe', sent.id, { transcript: 'Hola.' }, { expected_version: version })
    expect(await fx.applyOne(db, fx.moderator, by)).toMatchObject({ status: 'applied' })
    expect(await correct(sent, added, { expected_version: version })).toMatchObject({ status: 'conflict' })
    expect(await correct(sent, added, { expected_version: version + 1 })).toMatchObject({
      status: 'applied',
      row: { state: 'accepted', content: { transcript: 'Hola a todas.' } },
    })
    const item = await callAs(db, fx.moderator, 'review_item', { p_id: sent.id })
    expect(item).toMatchObject({ content: { transcript: 'Hola a todas.', transcribed: false } })
    expect(
      words(await correct(sent, { ...added, transcript: 'Otra.' }, { expected_version: version + 2 })),
    ).toBe('not_correctable')
  })

  test('a correction is refused after review began unless staff ask, without a version, and for a propuesta', async () => {
    const sent = await vx.submitVideo(db)
    const { version } = await fx.decide(db, fx.moderator, sent.id, 'accept')
    expect(words(await correct(sent, change, { expected_version: version }))).toBe('not_correctable')
    expect(words(await correct(sent, change))).toBe('malformed_op expected_version')
    const propuesta = await fx.submit(db)
    await fx.decide(db, fx.moderator, propuesta.id, 'request_correction', { message: 'Aclara.' })
    const op = fx.op('video.correct', propuesta.id, change, { secret: propuesta.secret, expected_version: 2 })
    expect(words(await fx.applyOne(db, anon, op))).toBe('not_correctable')
  })
})

describe('transcripts by staff', () => {
  const transcribe = async (id: string, transcript: string, actor = fx.moderator) => {
    const { rows } = await db.pool.query('select version from app.submissions where id = $1', [id])
    const op = fx.op('video.transcribe', id, { transcript }, { expected_version: rows[0].version })
    return fx.applyOne(db, actor, op)
  }

  test('a transcript by staff fills an empty one, can be changed, and is not a message to the author', async () => {
    const sent = await vx.submitVideo(db, { transcript: null })
    expect(await transcribe(sent.id, ' Hola. ')).toMatchObject({
      status: 'applied',
      row: { version: 2, content: { transcript: 'Hola.', transcribed: true } },
    })
    expect(await transcribe(sent.id, 'Hola a todas.')).toMatchObject({ status: 'applied' })
    const row = await fx.openFolio(db, sent.row.folio, sent.secret)
    expect(row).toMatchObject({ content: { transcript: 'Hola a todas.' }, messages: [{ state: 'received' }] })
  })

  test('staff cannot replace an author’s transcript, even one that came with a correction', async () => {
    const own = await vx.submitVideo(db)
    expect(words(await transcribe(own.id, 'Otra cosa'))).toBe('transition_invalid transcript')
    const sent = await vx.submitVideo(db, { transcript: null })
    await transcribe(sent.id, 'Hola.')
    const { version } = await fx.decide(db, fx.moderator, sent.id, 'request_correction', {
      message: 'Aclara.',
    })
    const { pillar, title, summary } = sent.row.content
    const op = fx.op(
      'video.correct',
      sent.id,
      { pillar, title, summary, transcript: 'Buenas.' },
      { secret: sent.secret, expected_version: version },
    )
    await fx.applyOne(db, anon, op)
    expect(words(await transcribe(sent.id, 'Hola.'))).toBe('transition_invalid transcript')
  })

  test.each([
    ['no text', ' ', 'transcript_required transcript'],
    ['5,001 letters', 'a'.repeat(5001), 'transcript_too_long transcript'],
  ])('a transcript by staff of %s is refused', async (_, text, expected) => {
    const sent = await vx.submitVideo(db, { transcript: null })
    expect(words(await transcribe(sent.id, text))).toBe(expected)
  })

  test('auditors and authors cannot write a transcript, and rejected videos and propuestas take none', async () => {
    const sent = await vx.submitVideo(db, { transcript: null })
    expect(words(await transcribe(sent.id, 'Hola.', fx.auditor))).toBe('not_allowed')
    expect(words(await transcribe(sent.id, 'Hola.', anon as never))).toBe('not_allowed')
    await fx.decide(db, fx.moderator, sent.id, 'reject', { reason_code: 'off_topic', message: 'No.' })
    expect(words(await transcribe(sent.id, 'Hola.'))).toBe('transition_invalid transcript')
    expect(words(await transcribe((await fx.submit(db)).id, 'Hola.'))).toBe('transition_invalid transcript')
  })
})

test('personal data is stored apart from the video, and neither the change log nor the receipts contain the author’s words', async () => {
  const { id } = await vx.submitVideo(db, {
    display_name: 'Zenaida Única',
    email: 'zenaida@correo.mx',
    title: 'Xilofonista',
  })
  const { rows } = await db.pool.query(
    `select (select to_jsonb(v)::text || to_jsonb(m)::text from app.videos v join app.media_uploads m using (submission_id)
       where submission_id = $1) as content,
     (select string_agg(x, ' ') from (select to_jsonb(l)::text as x from app.change_log l
       union all select to_jsonb(r)::text from app.op_receipts r) t) as kept`,
    [id],
  )
  expect(rows[0].content).not.toMatch(/Zenaida|zenaida/)
  expect(rows[0].kept).not.toMatch(/Zenaida|zenaida|Xilofonista/)
})

describe('rules that became stricter after a phone saved its video', () => {
  const change = async (section: string, next: (data: never) => object) => {
    const draft = (await callAs(db, fx.coordinator, 'convocatoria_draft', {
      p_id: vx.VIDEOS,
    })) as CampaignDraft
    const { version, data } = draft.sections.find((one) => one.section === section)!
    await callAs(db, fx.coordinator, 'save_section', {
      p_id: vx.VIDEOS,
      p_section: section,
      p_expected_version: version,
      p_data: next(data as never),
    })
    const { revision } = (await callAs(db, fx.coordinator, 'convocatoria_draft', {
      p_id: vx.VIDEOS,
    })) as CampaignDraft
    await callAs(db, fx.coordinator, 'publish_convocatoria', {
      p_id: vx.VIDEOS,
      p_revision: revision,
      p_reason: 'Se acordó en la sesión.',
    })
  }
  const limits = (min_s: number, max_s: number, max_bytes: number) =>
    change('video', (data: object) => ({ ...data, min_s, max_s, max_bytes }))

  test('a file within limits that were public once is received, and one that never was is refused', async () => {
    await limits(20, 60, 50_000_000)
    await limits(30, 90, 20_000_000)
    expect(await sendFile({ duration_ms: 15_000 })).toBe('applied')
    expect(await sendFile({ duration_ms: 180_000, bytes: 300_000_000 })).toBe('applied')
    expect(await sendFile({ duration_ms: 14_999 })).toBe('media_too_short media')
    expect(await sendFile({ duration_ms: 180_001 })).toBe('media_too_long media')
    expect(await sendFile({ bytes: 300_000_001 })).toBe('media_too_large media')
    const { rows } = await db.pool.query<{ d: VideoDetails }>('select app.video_details($1) as d', [
      vx.VIDEOS,
    ])
    expect(rows[0]!.d).toMatchObject({
      max_s: 90,
      once: { min_s: 15, max_s: 180, max_bytes: 300_000_000 },
    })
  })

  test('a video of a pillar that is no longer offered is received, and the pillar is shown to nobody', async () => {
    const pillar = 'memoria'
    await change('pilares', ({ pillars }: { pillars: object[] }) => ({
      pillars: [...pillars, { key: pillar, title: 'Memoria', hint: '¿Qué pasó?' }],
    }))
    await change('pilares', ({ pillars }: { pillars: { key: string }[] }) => ({
      pillars: pillars.filter(({ key }) => key !== pillar),
    }))
    expect(await send({ pillar })).toBe('applied')
    const { rows } = await db.pool.query<{ d: VideoDetails }>('select app.video_details($1) as d', [
      vx.VIDEOS,
    ])
    expect(rows[0]!.d.pillars.map(({ key }) => key)).not.toContain(pillar)
  })
})
