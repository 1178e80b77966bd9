/**
 * The public rows for the first screen of a first visit, in memory: they are asked for while the scripts load, and
 * shown before the database is open. The pull takes the answer over, so that they are sent once.
 */
import type { Change, PullAnswer, PullRequest } from '@/domain/pull'
import { rpc } from './rpc'

/** An older answer is not taken over: «al día hasta» would be late by its age. */
const FRESH_MS = 10_000

let asked: Promise<readonly Change[] | null> | undefined
let answered: { answer: PullAnswer; at: number } | null = null

/** The pull checks every row; this keeps a captive portal's answer out. */
const isPull = (body: unknown): body is PullAnswer => Array.isArray((body as PullAnswer | null)?.pulls)

async function ask(): Promise<readonly Change[] | null> {
  const request: PullRequest = { scope: 'public', cursor: null }
  const answer = await rpc('pull_changes', { pulls: [request] }, { accepts: isPull, early: true })
  answered = { answer, at: Date.now() }
  const [result] = answer.pulls
  return result?.status === 'ok' && !result.more ? result.changes : null
}

/** The public rows; null when they do not come, or are more than one answer. Asks until they came; never rejects. */
export const readFirst = (): Promise<readonly Change[] | null> =>
  (asked ??= ask().catch(() => {
    asked = undefined
    return null
  }))

/** The fresh answer to exactly these requests, once; null without one. Its rows are not checked. */
export function takeFirstRead(requests: readonly PullRequest[]): unknown {
  const [request] = requests
  if (requests.length !== 1 || request?.scope !== 'public' || request.cursor !== null) return null
  const found = answered
  answered = null
  return found && Date.now() - found.at < FRESH_MS ? found.answer : null
}
