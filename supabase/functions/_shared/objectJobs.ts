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

const BUDGET_MS = 60_000 // ends the invocation before the platform does; the next one continues

/**
 * Answers `{done, failed}`, or 401 without the secret. Takes one job at a time, so that no lease runs while it waits.
 * `unknownFailure` is the code of a failure that storage does not explain.
 */
export function createJobHandler<Job, Found>(
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
    while (Date.now() < until) {
      const [job] = await collaborators.takeJobs(1)
      if (!job) break
      counts[await settle(job, collaborators, work, unknownFailure)]++
    }
    return answer(200, counts)
  }
}

async function settle<Job, Found>(
  job: Job,
  { objects, settleJob }: Collaborators<Job, Found>,
  work: Work<Job, Found>,
  unknownFailure: string,
): Promise<'done' | 'failed'> {
  let found: Found | null
  try {
    found = await work(objects, job)
  } catch (error) {
    await settleJob(job, null, error instanceof ObjectFailure ? error.message : unknownFailure)
    return 'failed'
  }
  await settleJob(job, found, null)
  return 'done'
}
