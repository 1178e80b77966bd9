/**
 * B9: a new version is deployed while 100 people are writing, ten at a time; none of its files has an old name.
 */
import { chromium } from '@playwright/test'
import { ensureChromium } from '../../scripts/chromium'
import { readOpenCampaign } from '../e2e/api'
import { startHost } from './b9/deploy'
import { HABITS, Person, type Fate, type Habit } from './b9/person'
import { startBackend } from './support/backend'
import { startFront } from './support/front'
import { bench, type Bench } from './support/run'

/** People at a time. A browser with more pages would measure the machine. */
const AT_ONCE = 10

const CHUNK_ERROR = /dynamically imported module|importing a module|preload|MIME type|error loading/iu

async function work(the: Bench) {
  const host = startHost(the)
  const { origin, database } = await startBackend(the)
  const campaign = await readOpenCampaign(database)
  const isApi = (url = '') => /^\/(rest|auth|storage|functions)\//u.test(url)
  const front = await startFront({
    api: origin,
    routes: [(incoming, outgoing) => !isApi(incoming.url) && (host.serve(incoming, outgoing), true)],
  })
  the.finally(front.close)
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  the.finally(() => browser.close())

  const drafts = Number(the.option('drafts') ?? (the.quick ? 10 : 100))
  const fates: Fate[] = []
  let lost = 0
  for (let wave = 0; wave * AT_ONCE < drafts; wave += 1) {
    const people = Array.from(
      { length: Math.min(AT_ONCE, drafts - wave * AT_ONCE) },
      (_, index) => new Person(HABITS[index % HABITS.length]!, browser, front.origin),
    )
    await Promise.all(people.map((person) => person.open().then(() => person.write(campaign.slug))))
    host.deploy()
    const ended = await Promise.all(
      people.map((person) =>
        person
          .actAfterDeploy()
          .then(() => person.end())
          .catch(async (error: Error): Promise<Fate> => ({
            ...(await person.end()),
            trouble: error.message,
          })),
      ),
    )
    fates.push(...ended)
    const bodies = people.map(({ body }) => body)
    const { rows } = await database.query<{ body: string }>(
      'select body from app.propuestas where body = any ($1)',
      [bodies],
    )
    const arrived = new Set(rows.map(({ body }) => body))
    lost += ended.filter(({ kept }, index) => !kept && !arrived.has(bodies[index]!)).length
    await Promise.all(people.map((person) => person.close()))
    the.say(
      `${fates.length} drafts: ${lost} lost, ${fates.filter(({ trouble }) => trouble).length} in trouble`,
    )
  }
  return report(fates, lost, host.missed())
}

function report(fates: Fate[], lost: number, missed: number) {
  const chunkErrors = fates.filter(
    ({ broken, errors }) => broken || errors.some((one) => CHUNK_ERROR.test(one)),
  )
  const of = (habit: Habit) => fates.filter((fate) => fate.habit === habit)
  return {
    ours: {
      drafts: fates.length,
      lost_drafts: lost,
      chunk_errors: chunkErrors.length,
      broken_screens: fates.filter(({ broken }) => broken).length,
      unsent: fates.filter(({ trouble }) => trouble !== null).length,
      files_gone: missed,
      by_habit: Object.fromEntries(
        HABITS.map((habit) => [
          habit,
          {
            drafts: of(habit).length,
            kept: of(habit).filter(({ kept }) => kept).length,
            sent: of(habit).filter(({ trouble }) => trouble === null).length,
            broken: of(habit).filter(({ broken }) => broken).length,
          },
        ]),
      ),
      troubles: [
        ...new Set(fates.flatMap(({ trouble, errors }) => [...(trouble ? [trouble] : []), ...errors])),
      ].slice(0, 8),
    },
    peers: {},
    ratio: {},
    runs: 1,
  }
}

await bench('B9', work, { needsPeers: false })
