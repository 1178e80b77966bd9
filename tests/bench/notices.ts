/**
 * Notices: 10,000 letters by a mail service over HTTP, and as many by SMTP. Five in a hundred are refused at first, one in
 * a hundred is taken without a word, and the sender is killed in the middle.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { MailSink } from '../support/mailSink'
import { mailService, smtpServer } from './notices/services'
import { benchPostgres, openDatabase } from './support/postgres'
import { bench, round, type Bench } from './support/run'

const START = Date.parse('2026-11-24T18:00:00Z')
const WAVES = 10
const DELIVERER = path.join(import.meta.dirname, 'notices/deliverer.ts')

/** Some addresses get a letter in each wave, so that the limits of an address bind; the others get one letter. */
interface Plan {
  often: number
  once: number
}

class Clock {
  minutes = 0
  constructor(private readonly pool: pg.Pool) {}

  async move(more: number) {
    this.minutes += more
    const at = new Date(START + this.minutes * 60_000).toISOString()
    await this.pool.query(
      `create or replace function app.now() returns timestamptz language sql stable as $$ select '${at}'::timestamptz $$`,
    )
  }
}

const queue = (pool: pg.Pool, kind: string, wave: number, count: number) =>
  pool.query(
    `select app.queue_mail($1 || n || '@correo.mx', 'Aviso ' || n, 'T' || lpad(($2 * 10000 + n)::text, 6, '0') || '.', app.now())
     from generate_series(0, $3 - 1) n`,
    [kind, wave, count],
  )

const isDue = `m.sent_at is null and m.dead_at is null and m.send_after <= app.now() and m.handed_at is null
  and coalesce(m.leased_until <= app.now(), true)`
const countOf = async (pool: pg.Pool, where: string) =>
  (await pool.query<{ n: number }>(`select count(*)::int as n from app.mail_queue m where ${where}`)).rows[0]!
    .n

async function end(child: ChildProcess) {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Most letters to one address within so many minutes. */
function mostWithin(sink: MailSink, minutes: number): number {
  const times = new Map<string, number[]>()
  for (const { to, at } of sink.arrived) times.set(to, [...(times.get(to) ?? []), at])
  return Math.max(
    ...[...times.values()].map((all) =>
      Math.max(...all.map((from) => all.filter((at) => at >= from && at < from + minutes).length)),
    ),
  )
}

async function drain(the: Bench, transport: 'service' | 'smtp', { often, once: single }: Plan) {
  const postgres = await benchPostgres(the)
  const pool = await openDatabase(postgres, transport, 4)
  const clock = new Clock(pool)
  await clock.move(0)
  const isService = transport === 'service'
  const sink = new MailSink({ seed: 13, refuses: 0.05, keepsSilent: 0.01, recognizes: isService })
  const open = isService ? mailService : smtpServer
  const service = await open(sink, () => clock.minutes)
  the.finally(() => service.close())
  await pool.query(
    `insert into app.mail_addresses (address_key, confirmed_at) select app.address_key(k || n || '@correo.mx'), app.now()
     from (values ('often', $1::int), ('once', $2::int)) v (k, c), generate_series(0, c - 1) n on conflict do nothing`,
    [often, single],
  )
  const start = () =>
    spawn(
      process.execPath,
      ['--import', 'tsx', DELIVERER, postgres.url('postgres', transport), transport, String(service.port)],
      {
        stdio: 'inherit',
      },
    )
  const startedAt = performance.now()
  let child = start()
  let killedWith = 0
  for (let wave = 0; wave < WAVES + 14; wave++) {
    if (wave === 0) await queue(pool, 'once', 50, single)
    if (wave < WAVES) await queue(pool, 'often', wave, often)
    while ((await countOf(pool, isDue)) > 0) {
      await wait(100)
      if (killedWith === 0 && sink.arrived.length > single / 2) {
        await end(child)
        killedWith = await countOf(
          pool,
          'm.sent_at is null and m.leased_until > app.now() and m.last_error is null',
        )
        await clock.move(3)
        child = start()
      }
    }
    while (
      (await countOf(pool, `m.leased_until > app.now() and m.last_error is null and m.sent_at is null`)) > 0
    )
      await wait(100)
    await clock.move(wave < WAVES ? 30 : 240)
  }
  await end(child)
  const seconds = round((performance.now() - startedAt) / 1000)
  const told = new Set(sink.arrived.flatMap(({ words }) => words.match(/T\d{6}\./gu) ?? []))
  const { rows } = await pool.query<{ body: string; name: string }>(
    'select body, name from app.mail_queue where sent_at is null',
  )
  const inDoubt = rows.filter(({ name }) => !sink.has(name))
  const waiting = new Set(inDoubt.flatMap(({ body }) => body.match(/T\d{6}\./gu) ?? []))
  return {
    letters: single + often * WAVES,
    messages: sink.arrived.length,
    refused: sink.refused,
    recognized: sink.recognized,
    at_work_when_killed: killedWith,
    lost: single + often * WAVES - new Set([...told, ...waiting]).size,
    twice: sink.twice,
    in_doubt: rows.length,
    in_doubt_and_not_arrived: inDoubt.length,
    most_in_an_hour: mostWithin(sink, 60),
    most_in_a_day: mostWithin(sink, 1440),
    seconds,
  }
}

async function work(the: Bench) {
  const plan = the.quick ? { often: 20, once: 800 } : { often: 100, once: 9000 }
  const only = the.option('only')
  return {
    ours: {
      ...(only !== 'smtp' && { service: await drain(the, 'service', plan) }),
      ...(only !== 'service' && { smtp: await drain(the, 'smtp', plan) }),
    },
    peers: {},
    ratio: {},
    goal: 'none lost, none twice; at most 3 letters an hour and 6 a day to an address; by SMTP those in doubt wait',
    runs: 1,
  }
}

await bench('notices', work, { needsPeers: false })
