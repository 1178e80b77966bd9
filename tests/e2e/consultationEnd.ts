/** The end of a consultation through the functions of staff: the meeting and its acta, the renewed text, the results, the log. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type pg from 'pg'
import { expect } from '@playwright/test'
import type { ActaDesk } from '@/features/propuestas/acta'
import { CONSENT } from '@/features/propuestas/mesa/consent'
import type { MesaDesk } from '@/features/propuestas/mesa'
import type { DraftPart, RenewalDesk } from '@/features/propuestas/renewal'
import type { ResultsDesk } from '@/features/propuestas/results'
import type { NewOp, Phone as Line } from '../../supabase/local/demo/phone'
import { signDue } from '../support/signing'
import { apply, call, type Consultation, inDays, staffOp } from './consultationActs'
import { type Guest, makeDay, registerGuest } from './doorSteps'
import { readSeries } from './jornadaSteps'
import { moveDay } from './minutesSteps'
import { PATIENCE } from './patience'
import { withClock } from './rows'

const run = promisify(execFile)

/** A meeting to which this guest came, published with three findings and an acta that is open to comments. */
export async function holdMesa(
  line: Line,
  token: string,
  database: pg.Pool,
  { id }: Consultation,
): Promise<Guest> {
  const series = await readSeries(database)
  const day = await makeDay(database, 'Mesa de resultados', { away: '2 hours' })
  const guest = await registerGuest(line.address, database, 'Amalia Asistente', [day])
  const arrival = { jornada_id: day.id, code: null, at: new Date().toISOString() }
  await apply(line, [staffOp('door.check_in', guest.id, arrival, 1)], token)
  await moveDay(database, day.id, '-3 hours')
  const desk = await call<MesaDesk>(line, 'mesa_desk', { p_id: id }, token)
  const p_data = {
    meeting_id: series.id,
    title: 'Mesa de resultados',
    lead: 'Contamos qué dijeron las propuestas y escuchamos qué falta.',
    agenda: [{ id: randomUUID(), title: 'Qué dijeron las propuestas', minute: 0, at: 3 }],
    findings: desk.findings.slice(0, 3).map((finding) => finding.id),
    recording: 'https://grabaciones.example/mesa',
    recording_insumo: null,
  }
  const { version } = await call<MesaDesk>(
    line,
    'save_mesa',
    { p_id: id, p_version: desk.version, p_data },
    token,
  )
  await call(line, 'publish_mesa', { p_id: id, p_version: version }, token)
  const p_body = 'Se presentaron los hallazgos. Acuerdo: cada tres meses se dice cómo va cada acción.'
  const acta = await call<ActaDesk>(line, 'save_acta', { p_id: id, p_version: 0, p_body }, token)
  await call(line, 'open_acta', { p_id: id, p_version: acta.version, p_until: inDays(10) }, token)
  return guest
}

/** What somebody who came says of the acta. */
export async function comment(line: Line, campaign: Consultation, { id, secret }: Guest): Promise<void> {
  const op: NewOp = {
    op_id: randomUUID(),
    entity_id: randomUUID(),
    kind: 'mesa.comment',
    captured_at: new Date().toISOString(),
    secret,
    payload: {
      convocatoria_id: campaign.id,
      submission_id: id,
      body: 'Faltó anotar que se pidió repetirla en sábado.',
      consent: CONSENT,
      notice_hash: campaign.notice.hash,
      locale: 'es-MX',
      consented_at: new Date().toISOString(),
    },
  }
  await apply(line, [op])
}

/** Publishes every comment and closes the acta once its days are over. */
export async function closeActa(line: Line, token: string, database: pg.Pool, { id }: Consultation) {
  const { comments } = await call<ActaDesk>(line, 'acta_desk', { p_id: id }, token)
  for (const { id: p_comment, version: p_version } of comments)
    await call(line, 'settle_comment', { p_comment, p_version, p_published: true, p_reason: null }, token)
  await database.query(
    `update app.mesa_actas set comments_until = now() - interval '3 days' where convocatoria_id = $1`,
    [id],
  )
  const { version } = await call<ActaDesk>(line, 'acta_desk', { p_id: id }, token)
  await call(line, 'close_acta', { p_id: id, p_version: version }, token)
  return comments.length
}

export const WHY = 'Lo pidieron quienes hacen trámites.'
const RENEWED = 'Cada trámite dice en una hoja qué se pide, cuánto cuesta y cuándo responde la oficina.'

/** One action changes because of a finding; every other part stays and says why. A second member approves. */
export async function renewStrategy(
  line: Line,
  writer: string,
  approver: string,
  { id }: Consultation,
  finding: string,
): Promise<string> {
  const desk = await call<RenewalDesk>(line, 'strategy_renewal', { p_id: id }, writer)
  const changed = desk.strategy.parts.find(({ kind }) => kind === 'action')!
  const parts = desk.strategy.parts.map((part): DraftPart =>
    part.id === changed.id
      ? {
          id: part.id,
          change: 'changed',
          title: part.title,
          body: RENEWED,
          findings: [finding],
          why: WHY,
        }
      : { id: part.id, change: 'same', findings: [], why: 'Ninguna propuesta pidió cambiarla.' },
  )
  const of = (p_version: number) => ({ p_id: id, p_version })
  const saved = await call<RenewalDesk>(
    line,
    'save_renewal',
    { ...of(desk.version), p_data: { parts } },
    writer,
  )
  const offered = await call<RenewalDesk>(line, 'offer_renewal', of(saved.version), writer)
  await call(line, 'approve_renewal', of(offered.version), approver)
  return changed.number
}

/** Waits until this edition is public. A round of the server's own may be writing it at the same time. */
export const untilEdition = (line: Line, database: pg.Pool, { id }: Consultation, number: number) =>
  expect
    .poll(async () => {
      await line.runJobs('open-data')
      const edition = 'select state from app.result_editions where convocatoria_id = $1 and number = $2'
      return (await database.query<{ state: string }>(edition, [id, number])).rows[0]?.state
    }, PATIENCE)
    .toBe('ready')

/** Lets every text into the open data that was held back, but this one. Answers how many. */
export async function letIn(line: Line, token: string, { id }: Consultation, but: string): Promise<number> {
  const { holds } = await call<ResultsDesk>(line, 'results_desk', { p_id: id }, token)
  expect(holds.map(({ body }) => body)).toContain(but)
  const wrong = holds.filter(({ body }) => body !== but)
  for (const hold of wrong)
    await call(line, 'settle_hold', { p_submission: hold.id, p_outcome: 'let_in' }, token)
  return wrong.length
}

/** Downloads every open file of an edition into this folder. Answers what each says, by its name. */
export async function downloadEdition(
  { address }: Line,
  { id }: Consultation,
  number: number,
  folder: string,
): Promise<Map<string, string>> {
  const read = async (name: string) => {
    const response = await fetch(
      `${address}/storage/v1/object/public/open-data-public/${id}/${number}/${name}`,
    )
    if (!response.ok) throw new Error(`${name}: ${response.status}`)
    return await response.text()
  }
  mkdirSync(folder, { recursive: true })
  const { archivos } = JSON.parse(await read('indice.json')) as { archivos: { name: string }[] }
  const files = new Map<string, string>()
  for (const name of ['indice.json', ...archivos.map(({ name }) => path.posix.basename(name))]) {
    files.set(name, await read(name))
    writeFileSync(path.join(folder, name), files.get(name)!)
  }
  return files
}

/** Runs one of our programs and answers what it prints. Throws unless it exits 0. */
export async function runProgram(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...args])
  return stdout
}

/** Makes the head of tomorrow, which has every step until now. Answers its day. */
export async function signHead(line: Line, database: pg.Pool): Promise<string> {
  await withClock(database, '1 day', async () => {
    await database.query('select app.sequence_events()')
    await signDue(line.address)
  })
  const { rows } = await database.query<{ day: string }>(
    'select day::text from app.merkle_heads order by merkle_heads.day desc limit 1',
  )
  return rows[0]!.day
}

/** Puts keys, heads and this comprobante where `verify:log` looks. */
export async function keepLog(line: Line, database: pg.Pool, folder: string, receipt: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const keys = await call<object>(line, 'bootstrap', {})
  writeFileSync(path.join(folder, 'llaves.json'), JSON.stringify(keys))
  writeFileSync(path.join(folder, 'comprobante.json'), receipt)
  const { rows } = await database.query<{ day: string }>('select day::text from app.merkle_heads')
  for (const { day } of rows) {
    const response = await fetch(`${line.address}/storage/v1/object/public/log-public/${day}.json`)
    writeFileSync(path.join(folder, `${day}.json`), await response.text())
  }
}
