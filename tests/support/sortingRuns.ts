/**
 * Random interleavings of two analysts who group, ungroup, merge, part, split, join and undo. The database is what a model says after
 * each run, and no proposal is lost or counted twice.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect } from 'vitest'
import * as an from '../sql/findingFixtures'
import * as fx from '../sql/fixtures'
import type { TestDatabase } from './database'

const ANALYSTS = [fx.moderator, fx.coordinator] as const
const PROPOSALS = 5
const FINDINGS = 3

let db: TestDatabase
let proposals: string[]
let findings: string[]
/** How often each step was applied, refused, or lost a race. */
let counts: Record<string, number>
const count = (what: string) => void (counts[what] = (counts[what] ?? 0) + 1)

async function prepare(database: TestDatabase): Promise<void> {
  ;[db, proposals, findings, counts] = [database, [], [], {}]
  for (let at = 0; at < PROPOSALS; at += 1) proposals.push((await an.published(db)).id)
  for (let at = 0; at < FINDINGS; at += 1) findings.push(await an.finding(db, `Hallazgo ${at + 1}`))
}

/** What the desk keeps of a proposal, with places of proposals and findings instead of ids. */
interface State {
  version: number
  twin: number | null
  ideas: (number | null)[]
}
type Model = State[]

const step = fc.record({
  what: fc.constantFrom(
    'group',
    'group',
    'group',
    'ungroup',
    'merge',
    'merge',
    'part',
    'split',
    'join',
    'undo',
  ),
  proposal: fc.nat(PROPOSALS - 1),
  other: fc.nat(PROPOSALS - 1),
  finding: fc.nat(FINDINGS - 1),
  analyst: fc.nat(1),
  late: fc.nat(4),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

type Next = Pick<State, 'twin' | 'ideas'>
/** What this step asks for. `before`: each proposal before its last change. */
function wanted({ what, proposal, other, finding }: Step, model: Model, before: Next[]): Next {
  const { ideas } = model[proposal]!
  if (what === 'merge') return { twin: other, ideas: [] }
  if (what === 'part' || what === 'ungroup') return { twin: null, ideas: ideas.map(() => null) }
  if (what === 'split') return { twin: null, ideas: [finding, ideas[0] ?? null] }
  if (what === 'join') return { twin: null, ideas: [ideas[0] ?? null] }
  if (what === 'undo') return before[proposal]!
  return { twin: null, ideas: ideas.length > 1 ? [finding, ...ideas.slice(1)] : [finding] }
}

/** Whether a proposal may follow another one: no chains, no rings, nothing split. */
const mayFollow = (model: Model, proposal: number, other: number): boolean =>
  proposal !== other &&
  model[other]!.twin === null &&
  model.every(({ twin }) => twin !== proposal) &&
  model[proposal]!.ideas.length <= 1

function judge(
  model: Model,
  proposal: number,
  next: Next,
  expected: number,
): 'applied' | 'conflict' | 'twin_invalid' {
  const state = model[proposal]!
  if (expected !== state.version) return 'conflict'
  const follows = next.twin !== null && next.twin !== state.twin
  return follows && !mayFollow(model, proposal, next.twin!) ? 'twin_invalid' : 'applied'
}

const payloadOf = ({ twin, ideas }: Next) => ({
  twin_of: twin === null ? null : proposals[twin]!,
  ideas: ideas.map((finding, at) => ({
    id: randomUUID(),
    words: ideas.length > 1 ? `Idea ${at + 1}` : null,
    finding_id: finding === null ? null : findings[finding]!,
    quote: null,
  })),
})

/** The same of the database. */
async function stored(): Promise<Model> {
  const { rows } = await db.pool.query<{
    id: string
    version: number
    twin: string | null
    ideas: (string | null)[]
  }>(
    `select s.id, coalesce(g.version, 0) as version, g.twin_of as twin,
       array(select i.finding_id from app.ideas i where i.submission_id = s.id order by i.position) as ideas
     from app.submissions s left join app.sortings g on g.submission_id = s.id where s.id = any ($1)
     order by array_position($1, s.id)`,
    [proposals],
  )
  return rows.map(({ version, twin, ideas }) => ({
    version,
    twin: twin && proposals.indexOf(twin),
    ideas: ideas.map((id) => id && findings.indexOf(id)),
  })) as Model
}

/** Where each proposal is counted, as board and coverage read it: its own ideas, or those of the one that it follows. */
const places = (model: Model) =>
  model.flatMap(({ twin, ideas }, proposal) => {
    const own = twin === null ? ideas : model[twin]!.ideas
    return (own.length ? own : [null]).map((finding) => `${proposal} ${finding ?? '-'}`)
  })
async function countedPlaces(): Promise<string[]> {
  const { rows } = await db.pool.query<{ s: string; f: string | null }>(
    'select submission_id as s, finding_id as f from app.ideas_in($1) where submission_id = any ($2)',
    [fx.OPEN, proposals],
  )
  return rows.map(({ s, f }) => `${proposals.indexOf(s)} ${f ? findings.indexOf(f) : '-'}`)
}

const send = async (analyst: number, ops: unknown[]) =>
  (await fx.apply(db, ANALYSTS[analyst]!, ...ops)).map((one) => ('code' in one ? one.code : one.status))

const opOf = (proposal: number, next: Next, expected_version: number) =>
  fx.op('propuesta.sort', proposals[proposal]!, payloadOf(next), { expected_version })

/** The steps in their order: what one analyst does in a row goes in one batch. */
async function play(steps: readonly Step[]): Promise<void> {
  const model = await stored()
  const before: Next[] = model.map(() => ({ twin: null, ideas: [] }))
  let batch: { analyst: number; ops: unknown[]; expected: string[] } = { analyst: 0, ops: [], expected: [] }
  const flush = async () => {
    if (batch.ops.length) expect(await send(batch.analyst, batch.ops)).toEqual(batch.expected)
  }
  for (const one of steps) {
    if (one.analyst !== batch.analyst) {
      await flush()
      batch = { analyst: one.analyst, ops: [], expected: [] }
    }
    const next = wanted(one, model, before)
    const state = model[one.proposal]!
    const version = Math.max(0, state.version - (one.late === 0 ? 1 : 0)) // one in five saw the version before
    const verdict = judge(model, one.proposal, next, version)
    batch.ops.push(opOf(one.proposal, next, version))
    batch.expected.push(verdict)
    count(verdict === 'applied' ? one.what : verdict)
    if (verdict !== 'applied') continue
    before[one.proposal] = { twin: state.twin, ideas: state.ideas }
    model[one.proposal] = { ...next, version: version + 1 }
  }
  await flush()
  expect(await stored()).toEqual(model)
  expect((await countedPlaces()).sort()).toEqual(places(model).sort())
}

/** Both at once, who do not see each other: which of both wins is open, and the rules hold all the same. */
async function race(steps: readonly Step[]): Promise<void> {
  const start = await stored()
  const before: Next[] = start.map(() => ({ twin: null, ideas: [] }))
  const ops = steps.map((one) => ({
    ...one,
    op: opOf(one.proposal, wanted(one, start, before), start[one.proposal]!.version),
  }))
  const verdicts = await Promise.all(
    [0, 1].map(async (analyst) => {
      const own = ops.filter((one) => one.analyst === analyst)
      const words = own.length
        ? await send(
            analyst,
            own.map(({ op }) => op),
          )
        : []
      return own.map(({ proposal }, at) => ({ proposal, word: words[at]! }))
    }),
  )
  count('race')
  for (const { word } of verdicts.flat()) count(`race ${word}`)
  const model = await stored()
  for (const [proposal, { version }] of model.entries()) {
    const applied = verdicts
      .flat()
      .filter((one) => one.proposal === proposal && one.word === 'applied').length
    expect(version).toBe(start[proposal]!.version + applied)
    expect(applied).toBeLessThanOrEqual(1) // both named the same version
  }
  expect(
    verdicts.flat().filter(({ word }) => !['applied', 'conflict', 'twin_invalid', 'busy'].includes(word)),
  ).toEqual([])
  for (const { twin, ideas } of model)
    if (twin !== null) expect([model[twin]!.twin, ideas]).toEqual([null, []])
  expect((await countedPlaces()).sort()).toEqual(places(model).sort())
}

async function reset(): Promise<void> {
  const model = await stored()
  const ops = model.map(({ version }, at) => opOf(at, { twin: null, ideas: [] }, version))
  expect(await send(0, ops)).toEqual(ops.map(() => 'applied'))
}

/** Plays so many runs, and answers how often each step was taken. */
export async function expectSortings(
  database: TestDatabase,
  { count: numRuns, seed }: { count: number; seed: number },
): Promise<Record<string, number>> {
  await prepare(database)
  const run = fc.record({ steps: fc.array(step, { minLength: 6, maxLength: 14 }), races: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(run, async ({ steps, races }) => {
      await play(steps)
      if (races) await race(steps)
      await reset()
      expect(await countedPlaces()).toHaveLength(PROPOSALS)
    }),
    { numRuns, endOnFailure: true, seed },
  )
  return counts
}
