/**
 * Many submissions, written by set statements with the triggers off: 80 % propuestas of two campaigns, 10 % videos,
 * 10 % registrations, received over 20 days. Four fifths are decided, half of those published. One in 500 came late, one in
 * 20 is assigned to the moderator, one in 10 says whether it helps.
 */
import type pg from 'pg'

const id = (suffix: string) => `'00000000-0000-4000-8000-0000000000${suffix}'::uuid`

/** What a text is made of, so that a search finds common and rare words. */
const WORDS = `array['participación', 'transparencia', 'municipio', 'gobierno', 'abierto', 'biblioteca', 'parque',
  'agua', 'presupuesto', 'ciudadanía', 'escuela', 'transporte', 'salud', 'vigilancia', 'alumbrado', 'mercado',
  'jóvenes', 'mujeres', 'archivo', 'consulta', 'reunión', 'acuerdo', 'informe', 'calle', 'bache', 'árboles',
  'basura', 'reciclaje', 'datos', 'trámite', 'licencia', 'quiosco', 'minuta', 'cabildo', 'oficina', 'taller']`

const TABLES = [
  'submissions',
  'contacts',
  'propuestas',
  'videos',
  'media_uploads',
  'registrations',
  'seats',
  'submission_search',
  'assignments',
]

const SUBMISSIONS = `
  insert into app.submissions (id, convocatoria_id, kind, folio, state, version, captured_at, received_at, late,
    correction_until, withdrawn_at, published_at)
  select md5('row' || n)::uuid, d.campaign, d.kind, d.prefix || '-2026-' || (1000000 + n) || '-0', d.state,
    case d.state when 'received' then 1 else 2 end, d.at, d.at, n % 500 = 0,
    case d.state when 'correction_requested' then now() + interval '3 days' end,
    case d.state when 'withdrawn' then d.at end, case d.state when 'published' then d.at + interval '1 day' end
  from (
    select n, now() - interval '20 days' + interval '20 days' * n / $1::int as at,
      case when n % 10 = 8 then 'videos' when n % 10 = 9 then 'jornadas' else 'propuestas' end as kind,
      case when n % 10 = 8 then 'VI' when n % 10 = 9 then 'JO' else 'PR' end as prefix,
      case when n % 10 = 8 then ${id('c2')} when n % 10 = 9 then ${id('c3')} when n % 2 = 0 then ${id('c1')}
        else ${id('c4')} end as campaign,
      case when n % 10 = 9 or n > $1::int * 0.98 then 'received'
        else (array['published', 'published', 'published', 'published', 'published', 'rejected', 'not_selected',
          'accepted', 'withdrawn', 'correction_requested'])[1 + (n * 7919::bigint / 10) % 10] end as state
    from generate_series(1, $1::int) n
  ) d`

/** The text of row `n`, which repeats after 1,009 rows: eight words, the first ones of `WORDS` more often. */
const TEXTS = `
  create temp table texts as
  select n, body, app.spanish_words(body) as words from (select n, (select string_agg((${WORDS})[1
      + (power((n * (w * 2 + 1) * 7919::bigint) % 1009, 2) / 28279)::int], ' ' order by w) as body
    from generate_series(1, 8) w) from generate_series(0, 1008) n) t (n, body);
  create temp table places as
  select cve, name, app.spanish_words(name || ' estudiante') as words from app.municipalities;`
/** One text in a thousand has a rare word. */
const RARE = `case when s.n % 1000 = 0 then ' ajolote' else '' end`

const ROWS = (kind: string) =>
  `(select u.id, u.convocatoria_id, u.state, u.folio, substr(u.folio, 9, 7)::bigint - 1000000 as n from app.submissions u
    where u.kind = '${kind}' and u.id = md5('row' || (substr(u.folio, 9, 7)::bigint - 1000000))::uuid) s`

/** The words of a text between what stands before it and the rare word. */
const WORDS_OF = (before: string) => `app.spanish_words(${before}) || t.words || app.spanish_words(${RARE})`

/** A shown name, as people may write it joined. */
const NAME = `'Persona ' || s.folio || ' ' || app.name_words('Persona ' || s.folio)`

const CONTENT = [
  `insert into app.contacts (submission_id, display_name, email)
   select u.id, 'Persona ' || u.folio, lower(u.folio) || '@correo.example' from app.submissions u
   on conflict do nothing`,
  `insert into app.propuestas (submission_id, body, sector, municipality, helps)
   select s.id, 'Propongo ' || t.body || ${RARE}, 'estudiante', (15001 + s.n % 125)::text,
     case when s.n % 10 = 0 then (array['yes', 'partly', 'no'])[1 + s.n / 10 % 3] end
   from ${ROWS('propuestas')} join texts t on t.n = s.n % 1009`,
  `insert into app.videos (submission_id, convocatoria_id, pillar, title, summary)
   select s.id, s.convocatoria_id, p.key, 'Video ' || s.n, t.body || ${RARE}
   from ${ROWS('videos')} join texts t on t.n = s.n % 1009, (select key from app.pillars where convocatoria_id = ${id('c2')} limit 1) p`,
  `insert into app.media_uploads (id, submission_id, convocatoria_id, status, bytes, mime, sha256, duration_ms, width,
     height, expires_at, public_ready)
   select md5('media' || s.n)::uuid, s.id, s.convocatoria_id, 'verified', 1000, 'video/mp4', repeat('0', 64), 60000,
     1280, 720, now(), s.state = 'published' from ${ROWS('videos')}`,
  `insert into app.registrations (submission_id, body_id, post)
   select s.id, b.id, 'Titular' from ${ROWS('jornadas')}, (select id from app.sujetos_obligados limit 1) b`,
  `insert into app.seats (submission_id, jornada_id, status, position, received_at)
   select s.id, '00000000-0000-4000-8000-0000000b3101', 'waiting', 1000000 + s.n, u.received_at
   from ${ROWS('jornadas')} join app.submissions u on u.id = s.id`,
  `insert into app.assignments (submission_id, user_id, by_id)
   select s.id, ${id('51')}, ${id('51')} from ${ROWS('propuestas')} where s.n % 20 = 1`,
  // What app.write_search writes, with the words of texts and places made once. The test of many rows compares both.
  `insert into app.submission_search (submission_id, arrival, words)
   select s.id, app.arrival_of(s.folio), app.search_document(${WORDS_OF("'Propongo '")}, m.words,
     ${NAME} || ' ' || m.name || ' estudiante', lower(s.folio)) || array_to_tsvector(app.facet_keys(jsonb_build_object(
       'municipality', m.cve, 'sector', 'estudiante', 'part', 'none', 'helps', p.helps), u.late))
   from ${ROWS('propuestas')} join texts t on t.n = s.n % 1009 join places m on m.cve = (15001 + s.n % 125)::text
   join app.propuestas p on p.submission_id = s.id join app.submissions u on u.id = s.id`,
  `insert into app.submission_search (submission_id, arrival, words)
   select s.id, app.arrival_of(s.folio), app.search_document(${WORDS_OF("'Video ' || s.n")}, '', ${NAME}, lower(s.folio))
     || array_to_tsvector(array[app.facet_key('part', v.pillar)])
   from ${ROWS('videos')} join texts t on t.n = s.n % 1009 join app.videos v on v.submission_id = s.id`,
  `select app.learn_words()`,
  `insert into app.state_counts (convocatoria_id, state, n)
   select convocatoria_id, state, count(*) from app.submissions group by 1, 2`,
  `insert into app.day_counts (convocatoria_id, day, arrived, answered)
   select convocatoria_id, app.local_day(received_at), count(*), 0 from app.submissions group by 1, 2`,
]

/** The indexes that hold no rule. They are built anew at the end, which is quicker than with each row. */
const INDEXES = `
  select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
  where i.indrelid = any ($1::regclass[]) and not i.indisunique`

/** Writes this many submissions and updates the planner's statistics. The connection is the owner's. */
export async function addManyRows(client: pg.ClientBase, count: number): Promise<void> {
  await client.query(`set maintenance_work_mem = '512MB'; set work_mem = '256MB'`)
  for (const table of TABLES) await client.query(`alter table app.${table} disable trigger user`)
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(INDEXES, [
    TABLES.map((table) => `app.${table}`),
  ])
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  await client.query(TEXTS)
  await client.query(SUBMISSIONS, [count])
  await client.query('analyze app.submissions')
  for (const statement of CONTENT) await client.query(statement)
  for (const { definition } of indexes) await client.query(definition)
  for (const table of TABLES) await client.query(`alter table app.${table} enable trigger user`)
  for (const table of TABLES) await client.query(`vacuum analyze app.${table}`)
  await client.query('drop table texts, places; reset maintenance_work_mem; reset work_mem')
}
