/** B10: 1,000 registrations arrive at once for the 50 places of a day. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { uuidV7 } from '@/sync/uuid'
import { benchPostgres, openDatabase } from './support/postgres'
import { bench, round, type Bench } from './support/run'

const DAY = '00000000-0000-4000-8000-0000000b3101'
const NOTICE = '00000000-0000-4000-8000-0000000000a4'
const CONNECTIONS = 50
const PLACES = 50

/** Sets the places of the day and records when each position was granted. */
const PREPARE = `
  update app.jornadas set capacity = ${PLACES}, starts_at = now() + interval '10 days', ends_at = null,
    on_day = app.local_day(now() + interval '10 days') where id = '${DAY}';
  create table public.granted (position bigint, at timestamptz);
  create function public.note_grant() returns trigger language plpgsql security definer as $$ begin
    insert into public.granted values (new.position, clock_timestamp()); return null; end $$;
  create trigger note_grant after insert on app.seats for each row execute function public.note_grant();`

/** Payloads of registrations without their address. */
async function readPayload(pool: pg.Pool): Promise<object> {
  const { rows } = await pool.query<{ body: string; hash: string; campaign: string }>(
    `select b.id as body, n.hash, j.convocatoria_id as campaign from app.jornadas j
     join app.group_classes g on g.group_id = j.group_id
     join app.sujetos_obligados b on b.class_key = g.class_key and b.active, app.notices n
     where j.id = $1 and n.id = $2 limit 1`,
    [DAY, NOTICE],
  )
  const { body, hash, campaign } = rows[0]!
  return {
    convocatoria_id: campaign,
    body_id: body,
    jornada_ids: [DAY],
    display_name: 'Ana Pérez',
    post: 'Titular de la Unidad de Transparencia',
    accessibility: null,
    notice_id: NOTICE,
    notice_hash: hash,
    locale: 'es-MX',
    consented_at: new Date().toISOString(),
    consents: [{ key: 'accessibility', granted: false }],
  }
}

interface Verdict {
  status: string
  code?: string
  after_ms?: number
}

/** Confirms addresses, so that the day's capacity decides and not the cap of unconfirmed people of one body. */
const confirmAll = (pool: pg.Pool, emails: readonly string[]) =>
  pool.query(
    `insert into app.mail_addresses (address_key, confirmed_at)
     select app.address_key(e), now() from unnest($1::text[]) e`,
    [emails],
  )

/** Sends one registration until it is applied, as a phone does, and answers how often it was put off. */
async function register(
  pool: pg.Pool,
  payload: object,
  email: string,
): Promise<{ retries: number; error?: string }> {
  const op = {
    op_id: uuidV7(),
    v: 1,
    kind: 'registration.submit',
    entity_id: randomUUID(),
    captured_at: new Date().toISOString(),
    secret: randomUUID().replaceAll('-', ''),
    payload: { ...payload, email },
  }
  for (let retries = 0; ; retries += 1) {
    const { rows } = await pool.query<{ answer: { verdicts: Verdict[] } }>(
      'select public.apply_ops($1::json) as answer',
      [JSON.stringify({ ops: [op] })],
    )
    const verdict = rows[0]!.answer.verdicts[0]!
    if (verdict.status === 'applied') return { retries }
    if (verdict.code !== 'busy') return { retries, error: JSON.stringify(verdict) }
    await new Promise((resolve) => setTimeout(resolve, verdict.after_ms))
  }
}

/** Positions whose lock was granted out of their order; confirmed and waiting people. */
async function judge(pool: pg.Pool) {
  const { rows } = await pool.query<{ confirmed: number; waiting: number; order_violations: number }>(
    `select count(*) filter (where s.status = 'confirmed')::int as confirmed,
       count(*) filter (where s.status = 'waiting')::int as waiting,
       count(*) filter (where s.position <> s.arrival or (s.status = 'confirmed') <> (s.arrival <= ${PLACES}))::int
         as order_violations
     from (select t.*, row_number() over (order by g.at) as arrival
       from app.seats t join public.granted g on g.position = t.position where t.jornada_id = $1) s`,
    [DAY],
  )
  return rows[0]!
}

async function work(the: Bench) {
  const postgres = await benchPostgres(the)
  const pool = await openDatabase(postgres, 'ours', CONNECTIONS)
  await pool.query(PREPARE)
  const payload = await readPayload(pool)
  const emails = Array.from({ length: the.quick ? 100 : 1000 }, () => `${randomUUID()}@edomex.example`)
  await confirmAll(pool, emails)
  const startedAt = performance.now()
  const people = emails.map((email) => register(pool, payload, email))
  const outcomes = await Promise.all(people)
  const seconds = round((performance.now() - startedAt) / 1000)
  const errors = outcomes.flatMap(({ error }) => error ?? [])
  return {
    ours: {
      ...(await judge(pool)),
      errors: errors.length,
      seconds,
      retries: outcomes.reduce((sum, { retries }) => sum + retries, 0),
    },
    peers: {},
    ratio: {},
    goal: '50 confirmed, 950 waiting in the order in which the lock was granted, no errors',
    first_error: errors[0] ?? null,
    runs: 1,
    connections: CONNECTIONS,
  }
}

await bench('B10', work, { needsPeers: false })
