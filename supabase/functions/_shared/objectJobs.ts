/** What functions that work on stored files share: one job after the other, each settled as done or with a code. */
import { ObjectFailure, type Objects } from './objects.ts'
import { answer, showsSecret } from './callerSecret.ts'

export interface Collaborators<Job, Found> {
  /** Callers must show this secret. */
  callerSecret: string
  takeJobs(limit: number): Promise<Job[]>
  /** `found` is set for a done job that verifies. `error` is null for a done job, otherwise a code. */
  settleJob(job: Job, found: Found | null, error: string | null): Promise<void>
  objects: Objects
}

/** Does a job. Answers what it found in a file that it verified, otherwise null. */
export type Work<Job, Found> = (objects: Objects, job: Job) => Promise<Found | null>

// What ends an invocation before the platform does; the next one continues. A function has 2 s of CPU a call: 150 MB
// take half a second of it.
const BUDGET_MS = 60_000
const BUDGET_BYTES = 300_000_000
const BUDGET_JOBS = 20

/**
 * Answers `{done, failed}`, or 401 without the secret. Takes one job at a time, so that no lease runs while it waits.
 * `unknownFailure` is the code of a failure that storage does not explain.
 */
export function createJobHandler<Job, Found extends { bytes: number }>(
  collaborators: Collaborators<Job, Found>,
  work: Work<Job, Found>,
  unknownFailure: string,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!(await showsSecret(request, collaborators.callerSecret)))
      return answer(401, { message: 'Invalid secret' })
    if (request.method !== 'POST') return answer(405, { message: 'Method not allowed' })
    const counts = { done: 0, failed: 0 }
    const until = Date.now() + BUDGET_MS
    let bytes = 0
    for (let jobs = 0; jobs < BUDGET_JOBS && bytes < BUDGET_BYTES && Date.now() < until; jobs++) {
      const [job] = await collaborators.takeJobs(1)
      if (!job) break
      const { outcome, read } = await settle(job, collaborators, work, unknownFailure)
      counts[outcome]++
      bytes += read
    }
    return answer(200, counts)
  }
}

async function settle<Job, Found extends { bytes: number }>(
  job: Job,
  { objects, settleJob }: Collaborators<Job, Found>,
  work: Work<Job, Found>,
  unknownFailure: string,
): Promise<{ outcome: 'done' | 'failed'; read: number }> {
  let found: Found | null
  try {
    found = await work(objects, job)
  } catch (error) {
    await settleJob(job, null, error instanceof ObjectFailure ? error.message : unknownFailure)
    return { outcome: 'failed', read: 0 }
  }
  await settleJob(job, found, null)
  return { outcome: 'done', read: found?.bytes ?? 0 }
}
