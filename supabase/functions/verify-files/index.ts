/** The entry point on Supabase. JOBS_SECRET is a secret of the project that the schedule shows. */
import { callDatabase, projectOf, required } from '../_shared/project.ts'
import { objectsAt } from '../_shared/objects.ts'
import { createHandler, type FileJob } from './handler.ts'

const environment = (name: string) => Deno.env.get(name)
const project = projectOf(environment)

Deno.serve(
  createHandler({
    callerSecret: required(environment, 'JOBS_SECRET'),
    takeJobs: (limit) => callDatabase<FileJob[]>(project, 'take_file_jobs', { p_limit: limit }),
    settleJob: ({ id, work }, found, error) =>
      callDatabase<void>(project, 'settle_file_job', {
        p_id: id,
        p_work: work,
        p_result: found,
        p_error: error,
      }),
    objects: objectsAt(project.url, project.secretKey),
  }),
)
