/**
 * `npm run import:bodies -- file.csv`: imports the registry of sujetos obligados into the project that
 * SUPABASE_DB_URL names, or into the data of `npm start` where it names none. All rows or nothing.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { prepareDatabase, withClient } from '../supabase/local/database'
import { importBodies } from '../supabase/local/importBodies'
import { AlreadyRunning, startPostgres } from '../supabase/local/postgres'
import { dataFolder } from '../supabase/local/workspace'

async function main(): Promise<void> {
  const [file] = process.argv.slice(2)
  if (!file) throw new Error('Falta el archivo: npm run import:bodies -- padron.csv')
  const csv = readFileSync(file, 'utf8')
  const url = process.env['SUPABASE_DB_URL']
  const counts = await (url ? withClient(url, (client) => importBodies(client, csv)) : importHere(csv))
  console.log(
    `Listo: ${counts.added} nuevas, ${counts.changed} con cambios, ${counts.unchanged} sin cambios.`,
  )
}

/** Into the embedded backend's data, which must not be in use. */
async function importHere(csv: string) {
  const folder = dataFolder(path.resolve(import.meta.dirname, '..'), console.log)
  const postgres = await startPostgres({ folder, durable: true }).catch((error: unknown) => {
    if (error instanceof AlreadyRunning)
      throw new Error('«npm start» está usando los datos. Termínelo y vuelva a importar.', { cause: error })
    throw error
  })
  try {
    await prepareDatabase(postgres, { seed: true })
    return await withClient(postgres.url('postgres'), (client) => importBodies(client, csv))
  } finally {
    await postgres.stop()
  }
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
