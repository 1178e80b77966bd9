/**
 * The entry point on Supabase. Secrets of the project: SIGNING_KEYS is JSON of key id → seed, and JOBS_SECRET the one that
 * the schedule shows (docs/deploy.md).
 */
import { objectsAt } from '../_shared/objects.ts'
import { postTo, projectOf, required } from '../_shared/project.ts'
import { createHandler } from './handler.ts'

const environment = (name: string) => Deno.env.get(name)
const project = projectOf(environment)

Deno.serve(
  createHandler({
    keys: JSON.parse(required(environment, 'SIGNING_KEYS')),
    callerSecret: required(environment, 'JOBS_SECRET'),
    read: (name, args, authorization) =>
      postTo(project, `/rest/v1/rpc/${name}`, args, { apikey: project.publishableKey, authorization }),
    asService: (name, args) => postTo(project, `/rest/v1/rpc/${name}`, args),
    objects: objectsAt(project.url, project.secretKey),
  }),
)
