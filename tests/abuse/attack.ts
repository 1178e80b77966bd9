/**
 * An attack is a test that tries many things of one kind and counts those that were held. It says its counts as one line
 * of JSON in the file that ABUSE_REPORT names (`npm run test:abuse`), and fails unless everything was held.
 */
import { appendFileSync } from 'node:fs'
import { expect, test } from 'vitest'

export interface Tries {
  /** Notes one try. `held` is whether the product did what it promises. */
  try(what: string, held: boolean): void
}

export function attack(kind: string, work: (tries: Tries) => Promise<void>): void {
  test(`held: ${kind}`, async () => {
    let tried = 0
    const broken: string[] = []
    await work({
      try: (what, held) => {
        tried += 1
        if (!held) broken.push(what)
      },
    })
    const report = process.env['ABUSE_REPORT']
    const line = {
      kind,
      tried,
      held: tried - broken.length,
      ...(broken.length > 0 && { broken: broken.slice(0, 5) }),
    }
    if (report) appendFileSync(report, `${JSON.stringify(line)}\n`)
    expect(broken).toEqual([])
    expect(tried).toBeGreaterThan(0)
  })
}
