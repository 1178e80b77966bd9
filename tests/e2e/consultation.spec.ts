/**
 * A consultation whole: from its inputs and sixty proposals of several phones to the renewed text, the results that anybody computes
 * again, and the folio of an author who is told each step. On a backend of its own, whose rows are counted.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { expect } from '@playwright/test'
import { borrowPhone, type Phone, removeProfiles } from '../support/browser'
import { type NetworkProxy, startProxy } from '../support/proxy'
import { startBackend, type Running } from './backend'
import * as act from './consultationActs'
import * as end from './consultationEnd'
import * as screen from './consultationSteps'
import {
  HELD,
  HOSTILE,
  IN_BRIGADE,
  OFFLINE,
  ON_PAPER,
  PLANTED,
  REFUSED,
  SPOKEN,
  TELEPHONE,
} from './consultationTexts'
import { lettersTo } from './inbox'
import { confirmAddress } from './jornadaRows'
import { PATIENCE } from './patience'
import { onlyRowWith } from './rows'
import { makeMember, signIn } from './staffSteps'
import { test } from './stage'
import { button, heading, untilFolio, withdraw } from './steps'
import { folio as folioWords } from './words'

const AUTHOR = {
  name: 'Aurelia Autora de Muestra',
  email: 'aurelia@demo.example',
  sector: 'Sociedad civil',
  municipality: 'Toluca',
}
const VOICE = path.resolve(import.meta.dirname, '../../supabase/samples/demo/nota.webm')

let backend: Running
let database: pg.Pool
let folder: string
/** The lines of everybody, of the author in the mountains, and of the brigade. */
let networks: NetworkProxy[]

test.beforeAll(async () => {
  backend = await startBackend()
  ;({ database } = backend)
  folder = mkdtempSync(path.join(tmpdir(), 'convoca-consulta-'))
  networks = await Promise.all([1, 2, 3].map(() => startProxy(backend.origin)))
})
test.afterAll(async () => {
  console.warn(JSON.stringify(spent))
  await removeProfiles()
  for (const network of networks) await network.close()
  await backend.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The seconds of each part, printed at the end. */
const spent: Record<string, number> = {}
async function timed<T>(part: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now()
  try {
    return await test.step(part, work)
  } finally {
    spent[part] = Math.round((performance.now() - from) / 100) / 10
  }
}

interface Staff {
  /** Pages at a desk: a moderator and a coordinator. */
  pages: [Phone, Phone]
  brigade: Phone
  /** Tokens of the moderator, the coordinator and an administrator. */
  tokens: [string, string, string]
}

async function hireStaff(line: ReturnType<typeof act.lineTo>): Promise<Staff> {
  const [one, two, three] = [
    await makeMember(database, 'Mora Moderadora', 'moderator'),
    await makeMember(database, 'Cora Coordinadora', 'coordinator'),
    await makeMember(database, 'Ada Administradora', 'admin'),
  ]
  const [everybody, , brigadeLine] = networks as [NetworkProxy, NetworkProxy, NetworkProxy]
  const wide = { width: 1366, height: 768 }
  const pages: Staff['pages'] = [await borrowPhone(everybody, wide), await borrowPhone(everybody, wide)]
  const brigade = await borrowPhone(brigadeLine)
  await Promise.all([
    signIn(pages[0].page, everybody.origin, one),
    signIn(pages[1].page, everybody.origin, two),
    signIn(brigade.page, brigadeLine.origin, one),
  ])
  const tokens: Staff['tokens'] = [await line.signIn(one), await line.signIn(two), await line.signIn(three)]
  return { pages, brigade, tokens }
}

test('a consultation from its inputs to the renewed text: sixty proposals, two analysts, answers, a meeting, results that are computed again', async () => {
  test.setTimeout(540_000)
  const [everybody, mountains] = networks as [NetworkProxy, NetworkProxy]
  const { origin } = everybody
  const line = act.lineTo(backend.origin)
  const { pages, brigade, tokens } = await timed('staff signs in', () => hireStaff(line))
  const [moderator, coordinator, admin] = tokens
  const [analyst, approver] = pages
  const campaign = await timed('inputs published', () => act.publishConsultation(line, coordinator))
  const author = await borrowPhone(mountains)
  const speaker = await borrowPhone(everybody)

  const saved = await timed('proposals arrive', async () => {
    await confirmAddress(database, AUTHOR.email)
    const [written] = await Promise.all([
      screen.writeWithoutSignal(author, campaign, { ...AUTHOR, body: OFFLINE }),
      screen.speak(speaker, campaign, VOICE),
      screen.copySheet(analyst.page, origin, campaign, ON_PAPER),
      screen.captureInBrigade(brigade, campaign, IN_BRIGADE),
      act.sendProposals(line, campaign),
    ])
    for (const channel of ['paper', 'brigade']) await screen.untilReceived(database, campaign, channel, 1)
    return written
  })
  const own = await timed('one of them is late', async () => {
    await database.query(
      `update app.convocatorias set closes_at = now() - interval '1 minute' where id = $1`,
      [campaign.id],
    )
    await author.offline(false)
    const folio = await untilFolio(author.page)
    const { rows } = await database.query<{ all: number; late: string[]; apart: number }>(
      `select count(*)::int as all, array_agg(folio) filter (where late) as late,
         count(quarantined_at)::int as apart from app.submissions where convocatoria_id = $1`,
      [campaign.id],
    )
    expect(rows[0]).toEqual({ all: 60, late: [folio], apart: 0 })
    const row = await onlyRowWith(database, OFFLINE)
    const { id: part_id } = campaign.parts.find(({ kind }) => kind === 'action')!
    const said = { helps: 'partly', part_id, sector: 'sociedad_civil', municipality: '15106' }
    expect(row).toMatchObject({ folio, state: 'received', ...said })
    const consents = { political_opinions: true, publish: true, voice: false }
    const { name: display_name, email } = AUTHOR
    expect(await act.readAuthor(database, row.id)).toEqual({ display_name, email, consents })
    return folio
  })
  await timed('the desk reads them', async () => {
    await line.runJobs('verify-media')
    await act.moderate(line, moderator, database, campaign, SPOKEN)
    // the grace of phones without signal is over
    await database.query(`update app.convocatorias set closes_at = now() - interval '3 days' where id = $1`, [
      campaign.id,
    ])
  })

  await timed('two analysts at once', async () => {
    await screen.analyse([analyst.page, approver.page], origin, database, campaign)
    const merged = () => act.countSorted(database, campaign) // the screen shows it before the server has it
    await expect.poll(merged, PATIENCE).toMatchObject({ twins: 1, split: 1 })
  })
  await timed('everything is in a finding', async () => {
    await act.groupRest(line, [moderator, coordinator], database, campaign)
    expect(await act.countSorted(database, campaign)).toEqual({
      owed: 59,
      placed: 58,
      twins: 1,
      split: 1,
      lost: 0,
    })
    const { counts } = await act.readBoard(line, moderator, campaign)
    expect(counts).toMatchObject({ owed: 59, grouped: 59, answered: 0 })
  })
  await timed('answers by two people', async () => {
    const waits = await act.answerFindings(line, moderator, coordinator, campaign)
    const alone = { p_finding: waits.id, p_version: 1, p_approved: true }
    await expect(act.call(line, 'review_answer', alone, moderator)).rejects.toThrow('409')
    const { page } = approver
    await page.goto(`${origin}/equipo/hallazgos/${campaign.id}/${waits.id}`)
    await button(page, screen.findings('review.yes')).click()
    await page.getByText(screen.findings('answer.approved', { name: 'Cora Coordinadora' })).waitFor()
    await page.goto(`${origin}/equipo/hallazgos/${campaign.id}`)
    await button(page, screen.findings('publish.yes')).click()
    await page.getByRole('button', { name: screen.findings('publish.not') }).waitFor()
    await database.query('select app.publish_answers(), app.tell_answers()')
    const { counts } = await act.readBoard(line, moderator, campaign)
    expect(counts).toMatchObject({ owed: 59, answered: 59 })
    await act.call(line, 'finish_answers', { p_convocatoria: campaign.id }, coordinator)
  })

  await timed('the meeting and its acta', async () => {
    const guest = await end.holdMesa(line, coordinator, database, campaign)
    await end.comment(line, campaign, guest)
    const { page } = author
    await author.open(`/c/${campaign.slug}/mesa`)
    await page
      .getByLabel(screen.mesa('comment.label'))
      .fill('Leí el acta porque no pude ir: el acuerdo responde lo que propuse.')
    await page.getByLabel(screen.mesa('comment.consent')).check()
    await button(page, screen.mesa('comment.send')).click()
    await page.getByText(screen.mesa('comment.received')).waitFor()
    expect(await end.closeActa(line, coordinator, database, campaign)).toBe(2)
    await page.reload()
    await page.getByRole('heading', { name: screen.mesa('acta.final'), exact: true }).waitFor()
    await page.getByText(screen.mesa('standing.came')).waitFor()
    await page.getByText(screen.mesa('acta.hash')).click()
    await page.getByText(screen.mesa('acta.hash.same')).waitFor()
  })
  await timed('the renewed text', async () => {
    const { findings } = await act.readBoard(line, coordinator, campaign)
    const { rows } = await database.query<{ finding: string }>(
      `select i.finding_id as finding from app.ideas i join app.submissions s on s.id = i.submission_id where s.folio = $1`,
      [own],
    )
    const mine = findings.find(({ id }) => id === rows[0]!.finding)!
    await end.renewStrategy(line, coordinator, admin, campaign, mine.id)
    await author.open(`/c/${campaign.slug}/estrategia`)
    await author.page.getByText(screen.results('renewal.hash_same')).waitFor()
    await author.page.getByRole('link', { name: mine.title }).first().waitFor()
  })

  await timed('results and open data', async () => {
    await act.call(line, 'publish_results', { p_id: campaign.id, p_number: 1 }, coordinator)
    await end.untilEdition(line, database, campaign, 1)
    await author.open(`/c/${campaign.slug}/resultados`)
    await heading(author.page, screen.results('headline', { count: 1 })).waitFor()
    await author.page.getByText(screen.results('number.received', { count: 60 })).waitFor()
    const files = await end.downloadEdition(line, campaign, 1, path.join(folder, 'edicion-1'))
    const all = [...files.values()].join('\n')
    for (const secret of [PLANTED, TELEPHONE, AUTHOR.name, AUTHOR.email, REFUSED.body])
      expect(all).not.toContain(secret)
    expect(files.get('propuestas-0001.csv')).toContain(`"'${HOSTILE[1]!.body.replaceAll('"', '""')}"`)
    expect(all).not.toMatch(/[\u202A-\u202E]/u)
    expect(all).toContain(OFFLINE.slice(0, 40))
    expect(await end.letIn(line, moderator, campaign, HELD.body)).toBeGreaterThan(0)
  })
  await timed('a withdrawal after publication', async () => {
    const { page } = speaker
    await speaker.open('/envios')
    await page.locator('main a[href^="/envios/"]').first().click()
    await page.locator('[data-chip=published]').waitFor()
    const gone = (await onlyRowWith(database, SPOKEN)).folio
    await withdraw(page)
    await page.locator('[data-chip=withdrawn]').first().waitFor()
    await database.query('select app.renew_editions()')
    await end.untilEdition(line, database, campaign, 2)
    const files = await end.downloadEdition(line, campaign, 2, path.join(folder, 'edicion-2'))
    expect([...files.values()].join('\n')).not.toContain(gone)
    const held = files.get('datos-0001.jsonl')!.match(/^.*"retenida":true.*$/gmu)
    const { folio } = await onlyRowWith(database, HELD.body)
    expect(held).toEqual([expect.stringContaining(folio)])
  })
  await timed('anybody computes the figures again', async () => {
    const at = (name: string) => path.join(folder, 'edicion-2', name)
    expect(
      await end.runProgram('rebuildResults', at('datos-0001.jsonl'), '--compare', at('cifras.json')),
    ).toContain('IGUALES')
  })

  await timed('the folio says each step', async () => {
    const { page } = author
    await author.open(saved.replace('/guardado/', '/envios/'))
    const steps = page.locator('section[aria-labelledby=analysis]')
    for (const step of ['received', 'read', 'grouped', 'answered'] as const)
      await expect(steps).toContainText(screen.analysis(step), PATIENCE)
    await page.getByText('Leímos lo que dicen de', { exact: false }).first().waitFor()
    const letters = await lettersTo(backend.origin, AUTHOR.email)
    expect(letters.some(({ body }) => body.includes(own))).toBe(true)
    await author.open(`/c/${campaign.slug}/publicadas/${own}`)
    await page.getByText(screen.results('page.touched')).waitFor()
    await page.getByText(screen.results('renewal.why', { why: end.WHY })).waitFor()
  })
  await timed('the log is verified', async () => {
    const day = await end.signHead(line, database)
    const { page } = author
    await author.open(saved.replace('/guardado/', '/envios/'))
    await page.getByText(folioWords('log.title')).click()
    await page.getByText(screen.log('included.tu')).waitFor()
    const download = page.waitForEvent('download')
    await button(page, screen.log('save.receipt')).click()
    const receipt = readFileSync(await (await download).path(), 'utf8')
    await end.keepLog(line, database, path.join(folder, 'registro'), receipt)
    expect(await end.runProgram('verifyLog', path.join(folder, 'registro'))).toMatch(
      new RegExp(`${own}, \\d+ pasos en el corte de ${day}[^]*\\d bien, 0 fallas`, 'u'),
    )
  })
  expect([...pages, brigade, author, speaker].flatMap(({ errors }) => errors)).toEqual([])
})
