/** The limits of an address hold in every order of letters, taps, failures and time. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { createMailbox, type Mailbox, newAddress } from './mailFixtures'

let db: TestDatabase
let mail: Mailbox
beforeAll(async () => {
  db = await createTestDatabase()
  mail = createMailbox(db)
})
afterAll(() => db.drop())

const CLASSES = ['notice', 'notice', 'deadline', 'asked'] as const
type Act =
  | { act: 'queue'; who: number; kind: (typeof CLASSES)[number]; times: number }
  | { act: 'confirm' | 'stop'; who: number }
  | { act: 'send'; fails: boolean }
  | { act: 'wait'; more: number }

const acts = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        act: fc.constant('queue' as const),
        who: fc.nat(1),
        kind: fc.constantFrom(...CLASSES),
        times: fc.integer({ min: 1, max: 6 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constantFrom('confirm' as const, 'stop' as const), who: fc.nat(1) }),
    },
    { weight: 5, arbitrary: fc.record({ act: fc.constant('send' as const), fails: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({
        act: fc.constant('wait' as const),
        more: fc.constantFrom(1, 10, 59, 61, 300, 1441),
      }),
    },
  ),
  { minLength: 20, maxLength: 50 },
)

/** A letter that left: when, what its address was then, and whether somebody had asked for it. */
interface Left {
  id: number
  at: number
  state: string
  asked: boolean
}

class Person {
  readonly email = newAddress()
  state = 'unconfirmed'
  left: Left[] = []
  /** Subjects that must reach a person who wants letters. */
  owed: string[] = []
  text = ''
  /** Digests of more than ten letters say only how many there are. */
  isLong = false
}

const most = (left: Left[], span: number) =>
  Math.max(0, ...left.map(({ at }) => left.filter((other) => other.at >= at && other.at < at + span).length))

function expectWithinLimits(left: Left[]) {
  const unasked = left.filter(({ asked }) => !asked)
  const inState = (wanted: string) => unasked.filter(({ state }) => state === wanted)
  expect(inState('stopped')).toEqual([])
  expect(inState('unconfirmed').length).toBeLessThanOrEqual(4)
  expect(most(inState('confirmed'), 60)).toBeLessThanOrEqual(3)
  expect(most(unasked, 1440)).toBeLessThanOrEqual(10)
  expect(
    most(
      left.filter(({ asked }) => asked),
      1440,
    ),
  ).toBeLessThanOrEqual(8)
}

async function send(people: Person[], fails: (letter: number) => boolean) {
  for (const { id, to, subject, body, token } of await mail.take()) {
    const person = people.find(({ email }) => email === to)!
    person.text += subject + body
    person.isLong ||= Number.parseInt(/^(\d+) avisos/u.exec(subject)?.[1] ?? '0', 10) > 10
    if (!person.left.some((one) => one.id === id))
      person.left.push({ id, at: mail.now(), state: person.state, asked: token === null })
    await mail.settle(id, fails(id) ? 'buzón lleno' : null)
  }
}

async function run(step: Act, people: Person[], number: number) {
  if (step.act === 'wait') return mail.wait(step.more)
  if (step.act === 'send') return send(people, (id) => step.fails && id % 3 === 0)
  const person = people[step.who]!
  if (step.act === 'queue') {
    for (let n = 0; n < step.times; n++) {
      const subject = `${step.kind} ${number}-${n}.`
      await mail.queue(person.email, subject, step.kind)
      if (person.state === 'confirmed') person.owed.push(subject)
    }
    return
  }
  await mail.choose(person.email, step.act)
  person.state = step.act === 'confirm' ? 'confirmed' : 'stopped'
  if (step.act === 'stop') person.owed = person.owed.filter((subject) => subject.startsWith('asked'))
}

test('no order of letters, taps, failures and time exceeds a limit, and whoever wants letters misses none', async () => {
  let read = 0
  const property = fc.asyncProperty(acts, async (steps) => {
    await db.pool.query('delete from app.mail_queue')
    await mail.wait(0, true)
    const people = [new Person(), new Person()]
    await run({ act: 'confirm', who: 0 }, people, 0)
    for (const [number, step] of steps.entries()) await run(step, people, number)
    for (let round = 0; round < 16; round++) {
      await mail.wait(round < 8 ? 61 : 1441)
      await send(people, () => false)
    }
    for (const { left, owed, text, state, isLong } of people) {
      expectWithinLimits(left)
      if (state !== 'confirmed' || isLong) continue
      expect(owed.filter((subject) => !text.includes(subject))).toEqual([])
      read += owed.length
    }
  })
  await fc.assert(property, { numRuns: 15 })
  expect(read).toBeGreaterThan(0)
})
