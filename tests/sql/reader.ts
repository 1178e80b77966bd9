/** A client of `pull_changes` that keeps a base as a phone does. */
import type { PullAnswer, PullRequest, PullResult } from '@/domain/pull'
import { anon, callAs, type TestDatabase } from '../support/database'

export const pull = (db: TestDatabase, pulls: PullRequest[]) =>
  callAs(db, anon, 'pull_changes', { pulls }) as Promise<PullAnswer>

export const pullOne = async (db: TestDatabase, request: PullRequest) => (await pull(db, [request])).pulls[0]!

type Base = Record<string, unknown>

function applyPage(base: Base, { reset, changes }: PullResult): Base {
  const next: Base = reset ? {} : { ...base }
  for (const change of changes) {
    const key = `${change.entity}/${change.id}`
    if (change.op === 'put') next[key] = change.row
    else delete next[key]
  }
  return next
}

/** Applies all pages until there are no more. */
export async function fullRead(db: TestDatabase, request: PullRequest, base: Base = {}) {
  let cursor = request.cursor
  for (;;) {
    const page = await pullOne(db, { ...request, cursor })
    base = applyPage(base, page)
    cursor = page.cursor
    if (!page.more) return { base, cursor }
  }
}

/** Pulls repeatedly; after `stop` it ends with one complete read. */
export async function follow(db: TestDatabase, stop: { done: boolean }): Promise<Base> {
  let state: { base: Base; cursor: string | null } = { base: {}, cursor: null }
  for (;;) {
    const last = stop.done
    state = await fullRead(db, { scope: 'public', cursor: state.cursor }, state.base)
    if (last) return state.base
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 15))
  }
}
