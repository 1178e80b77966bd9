/** The entry point on Supabase. Secret to set where the mail service has a webhook: MAIL_EVENTS_SECRET, as it shows it. */
import { callDatabase, projectOf } from '../_shared/project.ts'
import { createHandler } from './handler.ts'

const environment = (name: string) => Deno.env.get(name)
const project = projectOf(environment)

Deno.serve(
  createHandler({
    secret: environment('MAIL_EVENTS_SECRET') ?? '',
    record: (name, event) =>
      callDatabase<boolean>(project, 'record_mail_event', { p_name: name, p_event: event }),
  }),
)
