/**
 * B12: the open data of 250,000 published propuestas, or as many as `-- --rows 25000` says, written page by page by a process that is
 * killed on the way.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import canonicalize from 'canonicalize'
import { withClient } from '../../supabase/local/database'
import { figuresOf, rowsIn } from '../../scripts/results/figures'
import { benchPostgres, openDatabase } from './support/postgres'
import { bench, round, type Bench } from './support/run'

const CAMPAIGN = '00000000-0000-4000-8000-0000000000c1'

/** Published propuestas of real length, without the triggers of single rows. */
const fill = (rows: number) => `
  set session_replication_role = replica;
  insert into app.submissions (id, convocatoria_id, kind, folio, state, captured_at, received_at, late, published_at)
  select gen_random_uuid(), c.id, 'propuestas', 'PR-2026-' || lpad(i::text, 6, '0') || '-0', 'published', c.opens_at, c.opens_at
    + i * interval '1 second', false, c.opens_at + i * interval '1 second'
  from app.convocatorias c, generate_series(1, ${rows}) i where c.id = '${CAMPAIGN}';
  insert into app.propuestas (submission_id, part_id, helps, body, sector, municipality)
  select s.id, p.id, case p.kind when 'action' then (array['yes', 'partly', 'no'])[1 + n.i % 3] end,
    repeat('Que las mesas de diálogo sean en sábado y cerca de la plaza de cada pueblo. ', 3 + n.i % 3), 'otro',
    '15' || lpad((1 + n.i % 125)::text, 3, '0')
  from (select s.id, row_number() over ()::int as i from app.submissions s where s.convocatoria_id = '${CAMPAIGN}') n
    join app.submissions s on s.id = n.id
    join lateral (select p.id, p.kind from app.parts p where p.convocatoria_id = '${CAMPAIGN}' and p.position is not null
      order by p.position offset n.i % 3 limit 1) p on true;
  insert into app.contacts (submission_id, display_name)
  select s.id, 'Persona Número' || (row_number() over ()) from app.submissions s where s.convocatoria_id = '${CAMPAIGN}';
  insert into app.consents (submission_id, key, notice_id, notice_hash, granted, locale, consented_at)
  select s.id, k.key, n.id, n.hash, true, 'es-MX', s.received_at from app.submissions s
    join app.convocatorias c on c.id = s.convocatoria_id join app.notices n on n.id = c.notice_id,
    unnest(array['political_opinions', 'publish']) k (key) where c.id = '${CAMPAIGN}';
  insert into app.result_editions (convocatoria_id, number) values ('${CAMPAIGN}', 1);
  analyze;`

/** Runs a writer until it ends, or until it wrote so many steps: then it is killed. Answers its peak in MB, and its steps. */
function write(url: string, folder: string, killAfter = Infinity): Promise<{ peak: number; steps: number }> {
  return new Promise((done, failed) => {
    const args = ['--import', 'tsx', path.join(import.meta.dirname, 'b12/writer.ts'), url, folder]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let [peak, steps] = [0, 0]
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n').filter(Boolean)) {
        if (line.startsWith('peak')) peak = Number(line.split(' ')[1])
        else if (++steps === killAfter) child.kill('SIGKILL')
      }
    })
    child.once('error', failed).once('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') done({ peak, steps })
      else failed(new Error(`the writer ended with ${code}`))
    })
  })
}

async function work(the: Bench) {
  const postgres = await benchPostgres(the)
  const pool = await openDatabase(postgres, 'ours', 2)
  const rows = Number(the.option('rows') ?? (the.quick ? 5_000 : 250_000))
  the.say(`filling ${rows} rows`)
  await withClient(postgres.url('supabase_admin', 'ours'), (client) => client.query(fill(rows)))
  const folder = mkdtempSync(path.join(tmpdir(), 'convoca-b12-'))
  the.finally(() => rmSync(folder, { recursive: true, force: true }))
  const url = postgres.url('postgres', 'ours')
  const startedAt = performance.now()
  const killed = await write(url, folder, Math.max(1, Math.floor(rows / 5_000)))
  const spent = performance.now() - startedAt
  await pool.query('update app.result_editions set leased_until = null') // the two minutes of a lease are no work
  const again = performance.now()
  const { peak, steps } = await write(url, folder)
  const seconds = round((spent + performance.now() - again) / 1000)
  const { rows: editions } = await pool.query<{ figures: string; files: { name: string; sha256: string }[] }>(
    'select figures, files from app.result_editions',
  )
  const { figures, files } = editions[0]!
  const data = path.join(folder, 'open-data-public', CAMPAIGN, '1')
  const texts = readdirSync(data)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => readFileSync(path.join(data, name), 'utf8'))
  const broken = files.filter(
    ({ name, sha256 }) =>
      createHash('sha256')
        .update(readFileSync(path.join(folder, 'open-data-public', name)))
        .digest('hex') !== sha256,
  )
  return {
    ours: {
      rows,
      seconds,
      peak_mb: peak,
      steps_before_kill: killed.steps,
      steps_after: steps,
      files: files.length,
      broken_files: broken.length,
      rebuilt_equal: canonicalize(figuresOf(rowsIn(texts))) === figures,
    },
    peers: {},
    ratio: {},
    goal: '≤ 60 s, ≤ 200 MB, resumes after a kill',
    runs: 1,
  }
}

await bench('B12', work, { needsPeers: false })
