/** The public source of Supabase's storage API (github.com/supabase/storage), built in a folder of the developer's. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Why the storage API cannot run from this folder on this Node, in words for the developer. Null when it can. */
export function whyNot(folder: string | undefined): string | null {
  if (!folder) return 'no folder was given: npm run test:storage -- <folder of supabase/storage, built>'
  const file = path.join(folder, 'package.json')
  if (!existsSync(file)) return `${folder} has no package.json: clone github.com/supabase/storage into it`
  const { name, engines } = JSON.parse(readFileSync(file, 'utf8')) as {
    name?: string
    engines?: { node?: string }
  }
  if (name !== 'supa-storage') return `${folder} is not the source of supabase/storage`
  const [needed = '0'] = /\d+/u.exec(engines?.node ?? '') ?? []
  if (Number(process.versions.node.split('.')[0]) < Number(needed))
    return `it needs Node ${needed}, and this is ${process.version}`
  if (!existsSync(path.join(folder, SERVER)))
    return `${folder} is not built: run npm ci && npm run build there`
  return null
}

/** The program, in the folder. */
export const SERVER = 'dist/start/server.js'
