/** The entry point on Supabase. */
import { postTo, projectOf } from '../_shared/project.ts'
import { createHandler } from './handler.ts'

const project = projectOf((name) => Deno.env.get(name))

Deno.serve(
  createHandler({
    rpc: (name, args) => postTo(project, `/rest/v1/rpc/${name}`, args),
    createUser: (user) => postTo(project, '/auth/v1/admin/users', user),
  }),
)
