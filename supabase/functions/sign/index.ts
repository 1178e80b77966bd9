/** The entry point on Supabase. SIGNING_KEYS is a secret of the project: JSON of key id → seed (docs/deploy.md). */
import { postTo, projectOf, required } from '../_shared/project.ts'
import { createHandler } from './handler.ts'

const environment = (name: string) => Deno.env.get(name)
const project = projectOf(environment)

Deno.serve(
  createHandler({
    keys: JSON.parse(required(environment, 'SIGNING_KEYS')),
    read: (name, args, authorization) =>
      postTo(project, `/rest/v1/rpc/${name}`, args, { apikey: project.publishableKey, authorization }),
    publish: (keys) => postTo(project, '/rest/v1/rpc/keep_signing_keys', { p_keys: keys }),
  }),
)
