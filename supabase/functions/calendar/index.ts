/** The entry point on Supabase. Secret to set: APP_URL, where the app is served. */
import { callDatabase, projectOf, required } from '../_shared/project.ts'
import { createHandler, type Feed, type Refused } from './handler.ts'

const environment = (name: string) => Deno.env.get(name)
const project = projectOf(environment)
const app = required(environment, 'APP_URL').replace(/\/$/u, '')

Deno.serve(
  createHandler({
    app: () => app,
    read: ({ campaign, key, direct, hops }) =>
      callDatabase<Feed | Refused>(project, 'calendar_feed', {
        p_campaign: campaign,
        p_key: key,
        p_direct: direct,
        p_hops: hops,
      }),
  }),
)
