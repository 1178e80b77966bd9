/** The entry point on Supabase. JOBS_SECRET is a secret of the project that the schedule shows. */
import { callDatabase, projectOf, required } from '../_shared/project.ts'
import { createHandler } from './handler.ts'
import type { MediaJob } from './job.ts'
import { objectsAt } from '../_shared/objects.ts'

const environment = (name: string) => Deno.env.get(name)
const project = projectOf(environment)

Deno.serve(
  createHandler({
    callerSecret: required(environment, 'JOBS_SECRET'),
    takeJobs: (limit) => callDatabase<MediaJob[]>(project, 'take_media_jobs', { p_limit: limit }),
    settleJob: ({ id }, found, error) =>
      callDatabase<void>(project, 'settle_media_job', { p_id: id, p_result: found, p_error: error }),
    objects: objectsAt(project.url, project.secretKey),
  }),
)
