/** The entry point on Supabase. Secret to set: APP_URL, where the app is served. */
import { postTo, projectOf, required } from '../_shared/project.ts'
import { createHandler } from './handler.ts'

const environment = (name: string) => Deno.env.get(name)
const project = projectOf(environment)
const app = required(environment, 'APP_URL').replace(/\/$/u, '')

/** A refusal is an answer here: the token may be anybody's. */
async function stop(token: string): Promise<boolean> {
  const { status } = await postTo(project, '/rest/v1/rpc/choose_mail', { p_token: token, p_choice: 'stop' })
  if (status >= 300 && status !== 404) throw new Error(`choose_mail answered ${status}`)
  return status < 300
}

Deno.serve(createHandler({ app: () => app, stop }))
