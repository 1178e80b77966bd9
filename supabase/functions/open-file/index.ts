/** The entry point on Supabase. */
import { projectOf } from '../_shared/project.ts'
import { createHandler } from './handler.ts'

const project = projectOf((name) => Deno.env.get(name))

Deno.serve(createHandler(() => project))
