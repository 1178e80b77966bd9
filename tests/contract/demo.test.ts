/** The life of the demonstration, made on a new database by `npm start` alone. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { blocksOfText, isFormatted } from '@/domain/formattedText'
import type { ActaText } from '@/features/videos/jury'
import type { Bootstrap } from '@/domain/rows'
import { type SignedText, verifyConstancia } from '@/features/verificar/verify'
import { readContainer } from '@/media/container'
import { SUPABASE_FOLDER, withClient } from '../../supabase/local/database'
import { liveOnce } from '../../supabase/local/demo/live'
import { TEST_KEYS } from '../support/keys'
import { makeFolder, type Running, start } from './embeddedBackend'

const SAMPLES = path.join(SUPABASE_FOLDER, 'samples/demo')

let folder: string
let running: Running
const told: string[] = []

const query = <T extends pg.QueryResultRow>(sql: string): Promise<T[]> =>
  withClient(running.databaseUrl, async (client) => (await client.query<T>(sql)).rows)
const live = () => liveOnce({ ...running, ...TEST_KEYS }, (line) => told.push(line))

const countStates = async (kind: string) => {
  const rows = await query<{ state: string; count: number }>(
    `select state, count(*)::int from app.submissions where kind = '${kind}' group by 1`,
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

const countSubmissions = async () =>
  (await query<{ count: number }>('select count(*)::int from app.submissions'))[0]!.count

/** What a real institution and the plain seed got, before the demonstration was made. */
const before = { seeded: -1, real: -1, told: -1 }

beforeAll(async () => {
  folder = makeFolder()
  running = await start({ folder, durable: false })
  before.seeded = await countSubmissions()
  await query(`update app.institution set demo_label = null`)
  await live()
  before.real = await countSubmissions()
  before.told = told.length
  await query(`update app.institution set demo_label = 'Demostración: texto sin validez'`)
  await live()
})
afterAll(async () => {
  await running.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the life of the demonstration', () => {
  test('the demonstration is complete: the server refuses none of its submissions and decisions', () => {
    expect(told).toEqual([
      expect.stringMatching(/^Lleno la demostración/),
      expect.stringMatching(/^La demostración ya tiene propuestas, videos e inscripciones/),
    ])
  })

  test('the demonstration has 71 propuestas in every state of the review, of at most 300 words', async () => {
    expect(await countStates('propuestas')).toEqual({
      received: 15,
      in_review: 5,
      correction_requested: 5,
      accepted: 7,
      rejected: 7,
      published: 32,
    })
    const [found] = await query(
      `select max(array_length(regexp_split_to_array(body, '\\s+'), 1)) as longest, count(distinct part_id)::int as parts,
         count(distinct helps)::int as helps, count(distinct sector)::int as sectors,
         count(distinct municipality)::int as municipalities from app.propuestas`,
    )
    expect(found).toMatchObject({ helps: 3, sectors: 6 })
    expect(found!['municipalities']).toBeGreaterThan(25)
    expect(found!['longest']).toBeGreaterThan(250)
    expect(found!['longest']).toBeLessThanOrEqual(300)
  })

  test('the demonstration has 13 videos and 4 of a closed call, whose files the server verified, a copy of each published one, captions of authors, one without voice, and a task elsewhere', async () => {
    expect(await countStates('videos')).toEqual({
      received: 3,
      correction_requested: 1,
      accepted: 1,
      rejected: 1,
      not_selected: 3,
      published: 7,
      withdrawn: 1,
    })
    expect(
      await query(
        `select status, count(*)::int, count(*) filter (where public_ready)::int as shown from app.media_uploads
         join app.videos using (submission_id) group by 1`,
      ),
    ).toEqual([{ status: 'verified', count: 17, shown: 7 }])
    expect(
      await query(`select s.state, x.removed_at is null as waits from app.external_copies x
        join app.submissions s on s.id = x.submission_id order by s.state`),
    ).toEqual([
      { state: 'published', waits: true },
      { state: 'withdrawn', waits: true },
    ])
    expect(
      await query(`select v.captions is null as mute, v.transcript is null as unwritten, bool_or(e.source = 'author') as own, count(distinct s.id)::int
        from app.videos v join app.submissions s on s.id = v.submission_id
        join app.review_events e on e.submission_id = s.id and e.kind in ('captioned', 'voiceless')
        where v.voiceless or e.source = 'author' group by 1, 2 order by 1`),
    ).toEqual([
      { mute: false, unwritten: false, own: true, count: 2 },
      { mute: true, unwritten: true, own: false, count: 1 },
    ])
    expect(
      await query(
        'select state, email is not null as written, (select count(*)::int from app.minor_checks) as checks from app.minors',
      ),
    ).toEqual([{ state: 'waiting', written: true, checks: 0 }])
  })

  test('the demonstration has a closed selection with its minutes: a third juror, a tie, two chosen and a recognition', async () => {
    const [acta] = await query<{ final: string }>('select final from app.selection_actas')
    const { videos } = JSON.parse(acta!.final) as ActaText
    expect(videos.map(({ place, tied, chosen, marks }) => [place, tied, chosen, marks.length])).toEqual([
      [1, false, true, 2],
      [2, false, true, 2],
      expect.arrayContaining([3, true, false]) as unknown,
      expect.arrayContaining([3, true, false]) as unknown,
    ])
    expect(videos.map(({ marks }) => marks.length).sort()).toEqual([2, 2, 2, 3])
    expect(await query('select holder, cardinality(links) as links from app.recognitions')).toEqual([
      { holder: 'body', links: 1 },
    ])
  })

  test('the demonstration has a propuesta that was spoken, whose sound the server verified and nobody has written down', async () => {
    expect(
      await query(
        `select m.status, m.found ->> 'sound' as sound, m.found -> 'duration_ms' as length, p.body from app.voice_notes v
         join app.media_uploads m using (submission_id) join app.propuestas p using (submission_id)
         where v.written_at is null`,
      ),
    ).toEqual([
      {
        status: 'verified',
        sound: 'opus',
        length: 19_714,
        body: 'Nota de voz: todavía falta escribir lo que dice.',
      },
    ])
  })

  test('the demonstration has a finished series whose constancias verify with its published keys, one of them revoked', async () => {
    const signed = await query<{ text: string; signature: string }>(
      `select app.constancia_text(c.number, c.key_id) as text, c.signature from app.constancias c
       join app.constancia_serials s on s.number = c.number order by c.number`,
    )
    const ended = await query(
      'select ended_as, count(*)::int from app.constancia_serials group by 1 order by 1',
    )
    expect(ended).toEqual([
      { ended_as: 'revoked', count: 1 },
      { ended_as: 'superseded', count: 1 },
      { ended_as: null, count: 7 },
    ])
    const [known] = await query<{ answer: Bootstrap }>('select public.bootstrap() as answer')
    const [list] = await query<{ answer: SignedText }>('select public.revoked_constancias() as answer')
    const outcomes = await Promise.all(
      signed.map(async ({ text, signature }) => {
        const [head, tail] = [Buffer.from(text), Buffer.from(signature, 'hex')]
        const code = `${head.toString('base64url')}.${tail.toString('base64url')}`
        return (await verifyConstancia(code, known!.answer.signing_keys!, list!.answer)).outcome
      }),
    )
    expect(outcomes.toSorted()).toEqual(['revoked', 'superseded', ...Array<string>(7).fill('valid')])
    const [attended] = await query(
      `select count(*)::int as count, bool_and(j.ends_at < now()) as over from app.seats s
       join app.jornadas j on j.id = s.jornada_id where s.status = 'attended'`,
    )
    expect(attended).toEqual({ count: 11, over: true })
    const [door] = await query(
      `select (select count(*)::int from app.seats where left_at is not null) as left,
         (select count(*)::int from app.registrations where walk_in) as walk_ins,
         (select count(*)::int from app.seats s where app.arrival_clash(s) is not null) as clashes`,
    )
    expect(door).toEqual({ left: 1, walk_ins: 1, clashes: 1 })
  })

  test('the demonstration has a survey of that series: the results of a day with five answers, and a day with fewer', async () => {
    const [found] = await query<{ days: { results: { answered: number } | null }[] }>(
      `select jsonb_agg(jsonb_build_object('results', app.survey_figures(j)) order by j.position) as days from app.jornadas j
       join app.survey_results r on r.jornada_id = j.id`,
    )
    expect(found!.days.map(({ results }) => results?.answered ?? null)).toEqual([5, null])
  })

  test('the answered consultation has a renewed text, and results with their open data', async () => {
    const [found] = await query(
      `select r.written_by <> r.approved_by as two, e.state, e.figures::jsonb -> 'changes' as changes,
         (e.figures::jsonb #>> '{totals,publicadas}')::int > 5 as published,
         (select count(*)::int from storage.objects o where o.bucket_id = 'open-data-public') = jsonb_array_length(e.files) as written
       from app.renewals r join app.result_editions e on e.convocatoria_id = r.convocatoria_id`,
    )
    expect(found).toEqual({
      two: true,
      state: 'ready',
      changes: { changed: 2, added: 1, removed: 0, same: 9 },
      published: true,
      written: true,
    })
  })

  test('the answered consultation has a mesa with its day, and an acta with two public comments and one that waits', async () => {
    const [found] = await query(
      `select jsonb_array_length(m.published -> 'agenda') as points, jsonb_array_length(m.published -> 'findings') as findings,
         jsonb_array_length(app.days_of_meeting(m.meeting_id)) as days,
         (select array_agg(c.standing || ' ' || c.state order by c.standing) from app.mesa_comments c) as comments
       from app.mesas m join app.mesa_actas a on a.convocatoria_id = m.convocatoria_id and a.opened is not null`,
    )
    expect(found).toEqual({
      points: 3,
      findings: 3,
      days: 1,
      comments: ['came published', 'registered received', 'wrote published'],
    })
  })

  test('the transparency log has a leaf for every event, and a signed head with its public files', async () => {
    const at = `(app.now() at time zone 'America/Mexico_City')::time < '00:11' as is_night, app.sequence_events()`
    const [now] = await query<{ is_night: boolean }>(`select ${at}`)
    await vi.waitFor(async () => {
      const [found] = await query<{ heads: number; files: number; whole: boolean }>(
        `select (select count(*)::int from app.merkle_heads h where h.filed_at is not null) as heads,
           (select count(*)::int from storage.objects o where o.bucket_id = 'log-public') as files,
           app.merkle_size() >= (select count(*) from app.review_events) as whole`,
      )
      expect(found).toEqual(now!.is_night ? expect.anything() : { heads: 1, files: 2, whole: true })
    }, 20_000)
  })

  test('the demonstration has 133 registrations, two of them by a colleague, one in somebody’s place and one at the door, full days with waiting lists, and seats offered and given back', async () => {
    expect(await countStates('jornadas')).toEqual({ received: 133 })
    const [others] = await query(
      `select count(*) filter (where group_of is not null)::int as grouped,
         (select count(*)::int from app.seats where online) > 0 as online,
         (select count(distinct replaced_by)::int from app.seats) as substitutes,
         (select count(*)::int from app.body_letters) as invited from app.registrations`,
    )
    expect(others).toEqual({ grouped: 2, online: true, substitutes: 1, invited: 4 })
    const seats = await query<{ status: string }>('select distinct status from app.seats order by 1')
    expect(seats.map(({ status }) => status)).toEqual([
      'attended',
      'cancelled',
      'confirmed',
      'offered',
      'waiting',
    ])
    const due = await query<{ subject: string }>('select subject from app.mail_queue')
    const sent = readFileSync(path.join(folder, 'inbox.jsonl'), 'utf8') // the queue forgets the words of a sent letter
    expect(`${due.map(({ subject }) => subject).join('\n')}${sent}`).toContain('Su lugar está confirmado')
    const full = await query(
      `select j.id from app.jornadas j join app.seats s on s.jornada_id = j.id and s.status = 'waiting'
       where app.seats_taken(j.id) = j.capacity group by 1`,
    )
    expect(full.length).toBeGreaterThanOrEqual(2)
    const [bodies] = await query(
      `select count(distinct body_id)::int as bodies, count(distinct b.class_key)::int as classes
       from app.registrations r join app.sujetos_obligados b on b.id = r.body_id`,
    )
    expect(bodies!['bodies']).toBeGreaterThan(60)
    expect(bodies!['classes']).toBeGreaterThan(5)
  })

  test('the demonstration has an insumo of each kind whose public copy is there, with source and licence', async () => {
    const files = await query(
      `select i.kind, i.licence, i.source like '%de muestra%' as told, f.status, f.copy from app.insumos i
       join app.insumo_files f on f.id = i.file_id order by i.position`,
    )
    const shown = { licence: 'cc0-1.0', told: true, status: 'verified', copy: 'ready' }
    expect(new Set(files.map(({ kind }) => kind))).toEqual(new Set(['pdf', 'image', 'audio', 'figures']))
    for (const { kind, ...told } of files) expect([kind, told]).toEqual([kind, shown])
  })

  test('the demonstration has formatted texts: two documents, who decides and what happens next', async () => {
    const rows = await query<{ text: string }>(
      `select unnest(array[who_decides, what_happens_next]) as text from app.convocatorias
       union all select body from app.insumos`,
    )
    const texts = rows.map(({ text }) => text).filter(isFormatted)
    expect(texts.length).toBeGreaterThanOrEqual(5)
    const blocks = texts.flatMap(blocksOfText)
    expect(new Set(blocks.map(({ type }) => type))).toEqual(new Set(['paragraph', 'heading', 'list']))
    expect(texts.join('')).toMatch(/\*\*[^*]+\*\*[^]*\]\(https:[^)]+\)/u)
  })

  test('the demonstration has a day that moved and one that was called off, some of whose people took another', async () => {
    const changes = await query(
      `select j.sequence, j.cancelled_at is not null as cancelled, c.reason like '%de muestra.' as told,
         (select count(*)::int from app.seats s where s.jornada_id = j.id and s.called_off) as called_off,
         (select count(*)::int from app.seats s where s.jornada_id = j.id and s.moved_to is not null) as moved
       from app.jornadas j join app.jornada_changes c on c.jornada_id = j.id order by j.position`,
    )
    expect(changes).toEqual([
      { sequence: 1, cancelled: false, told: true, called_off: 0, moved: 0 },
      { sequence: 1, cancelled: true, told: true, called_off: expect.any(Number), moved: expect.any(Number) },
    ])
    const { called_off: calledOff, moved } = changes[1] as { called_off: number; moved: number }
    expect(moved).toBeGreaterThan(0)
    expect(calledOff).toBeGreaterThan(moved)
  })

  test('every address of the demonstration is of demo.example, and every submission says when its phone wrote it', async () => {
    expect(
      await query(
        `select email from app.contacts where email is not null and email !~ '^[a-z0-9]+@demo\\.example$'`,
      ),
    ).toEqual([])
    expect(
      await query(
        `select s.id from app.submissions s join app.convocatorias c on c.id = s.convocatoria_id
         where s.captured_at not between c.opens_at and s.received_at`,
      ),
    ).toEqual([])
  })

  test('the next start changes no row, also when the earlier one ended before it recorded the demonstration', async () => {
    const counts = `select (select count(*)::int from app.submissions) as submissions,
      (select count(*)::int from app.review_events) as events, (select count(*)::int from app.seats) as seats,
      (select count(*)::int from app.op_receipts) as receipts, (select last_value::int from app.mail_queue_id_seq) as letters,
      (select max(version)::int from app.submissions) as version,
      (select array_agg(version order by id) from app.convocatorias) as campaigns,
      (select count(*)::int from app.jornada_changes) as changes, (select count(*)::int from storage.objects) as objects`
    const made = await query(counts)
    await live()
    expect(told).toHaveLength(2)
    expect(await query(counts)).toEqual(made)
    await query(`delete from supabase_migrations.seed_files where path = 'samples/demo'`)
    await live()
    expect(told[3]).toMatch(/^La demostración ya tiene/)
    expect(await query(counts)).toEqual(made)
  })
})

describe('where the demonstration has no life', () => {
  test('tests, benchmarks and `npm run dev` begin with the seed alone', () => {
    expect(before.seeded).toBe(0)
  })

  test('a real institution, without the label of a demonstration, gets nothing', () => {
    expect(before).toMatchObject({ real: 0, told: 0 })
  })

  test('a project without an institution gets nothing', async () => {
    const own = makeFolder()
    const empty = await start({ folder: own, durable: false, empty: true })
    try {
      const lines: string[] = []
      await liveOnce({ ...empty, ...TEST_KEYS }, (line) => lines.push(line))
      expect(lines).toEqual([])
    } finally {
      await empty.close()
      rmSync(own, { recursive: true, force: true })
    }
  })

  test('a production process cannot start the backend that the demonstration needs', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    await expect(start({ folder: '/nowhere', durable: false })).rejects.toThrow(
      'no corre con NODE_ENV=production',
    )
    vi.unstubAllEnvs()
  })

  test('no file that is deployed names the demonstration', () => {
    const root = path.dirname(SUPABASE_FOLDER)
    const deployed = ['src', 'public', 'supabase/functions', 'supabase/migrations'].flatMap((name) =>
      readdirSync(path.join(root, name), { recursive: true, withFileTypes: true }),
    )
    const files = deployed.filter((entry) => entry.isFile() && !/\.test(-d)?\.ts$/u.test(entry.name))
    expect(files.length).toBeGreaterThan(100)
    const naming = files.filter(({ parentPath, name }) =>
      /(local|samples)\/demo\b/u.test(readFileSync(path.join(parentPath, name), 'utf8')),
    )
    expect(naming).toEqual([])
  })
})

describe('the clips', () => {
  test('the 12 clips are WebM with picture and sound, and together hold at most 1.5 MB', async () => {
    const clips = readdirSync(SAMPLES).filter((file) => file !== 'nota.webm' && file.endsWith('.webm'))
    expect(clips).toHaveLength(12)
    for (const clip of clips) {
      const container = await readContainer(new Blob([await readFile(path.join(SAMPLES, clip))]))
      expect(container).toMatchObject({ mime: 'video/webm', contents: { hasPicture: true, hasSound: true } })
    }
    const bytes = clips.map((clip) => statSync(path.join(SAMPLES, clip)).size)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1_500_000)
  })
})
