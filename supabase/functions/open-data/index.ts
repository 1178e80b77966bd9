/** The entry point on Supabase. JOBS_SECRET is a secret of the project that the schedule shows. */
import { objectsAt } from '../_shared/objects.ts'
import { callDatabase, projectOf, required } from '../_shared/project.ts'
import { createHandler, type EditionWork } from './handler.ts'

const environment = (name: string) => Deno.env.get(name)
const project = projectOf(environment)

Deno.serve(
  createHandler({
    callerSecret: required(environment, 'JOBS_SECRET'),
    take: () => callDatabase<EditionWork | null>(project, 'take_edition_work', {}),
    settle: ({ convocatoria, number, work, page }, files, error) =>
      callDatabase<void>(project, 'settle_edition_work', {
        p_convocatoria: convocatoria,
        p_number: number,
        p_work: work,
        p_page: page,
        p_files: files,
        p_error: error,
      }),
    objects: objectsAt(project.url, project.secretKey),
  }),
)
