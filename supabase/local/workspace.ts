/** Where the embedded backend keeps its data between runs. */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { borrowAccount, canReach, makeOwnFolder } from './account'

/**
 * `.local` of the project; a folder under the temporary one, named after the project, where the account
 * that runs Postgres cannot reach it (root's home, say). That is said, because such folders get swept.
 */
export function dataFolder(project: string, say: (line: string) => void): string {
  const local = path.join(project, '.local')
  mkdirSync(local, { recursive: true })
  if (canReach(local, borrowAccount())) return local
  const key = createHash('sha256').update(project).digest('hex').slice(0, 12)
  const elsewhere = makeOwnFolder(path.join(os.tmpdir(), `convoca-data-${process.getuid?.() ?? 0}-${key}`))
  say(`Los datos van en ${elsewhere}: la cuenta que corre Postgres no puede entrar a ${project}.`)
  return elsewhere
}
