/** Chooses where the embedded backend keeps its data between runs. */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { borrowAccount, canReach, makeOwnFolder } from './account'

/**
 * The project's `.local`, `.local-empty` for a project without the demonstration, or a folder below the system's temporary one when the account that runs Postgres cannot
 * reach the project (root's home, for example). It tells the person, because temporary folders get cleaned.
 */
export function dataFolder(project: string, say: (line: string) => void, isEmpty = false): string {
  const suffix = isEmpty ? '-empty' : ''
  const local = path.join(project, `.local${suffix}`)
  mkdirSync(local, { recursive: true })
  if (canReach(local, borrowAccount())) return local
  const key = createHash('sha256').update(project).digest('hex').slice(0, 12)
  const elsewhere = makeOwnFolder(
    path.join(os.tmpdir(), `convoca-data-${process.getuid?.() ?? 0}-${key}${suffix}`),
  )
  say(`Los datos van en ${elsewhere}: la cuenta que corre Postgres no puede entrar a ${project}.`)
  return elsewhere
}
