/**
 * `npm run import:bodies -- file.csv`: imports the registry of sujetos obligados, all rows or none, into the database
 * of SUPABASE_DB_URL. Without that variable it imports into the data of `npm start`.
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
  const registry = readRegistryFile(file)
  const url = process.env['SUPABASE_DB_URL']
  const counts = await (url
    ? withClient(url, (client) => importBodies(client, registry))
    : importHere(registry))
  console.log(
    `Listo: ${counts.added} nuevas, ${counts.changed} con cambios, ${counts.unchanged} sin cambios.`,
  )
}

function readRegistryFile(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new Error(`No se pudo leer «${file}»: revise la ruta y los permisos.`, { cause })
  }
}

/** Imports into the data of `npm start`, which must not be running. */
async function importHere(registry: Uint8Array) {
  const folder = dataFolder(path.resolve(import.meta.dirname, '..'), console.log)
  const postgres = await startPostgres({ folder, durable: true }).catch((error: unknown) => {
    if (error instanceof AlreadyRunning)
      throw new Error('«npm start» está usando los datos. Termínelo y vuelva a importar.', { cause: error })
    throw error
  })
  try {
    await prepareDatabase(postgres, { seed: true })
    return await withClient(postgres.url('postgres'), (client) => importBodies(client, registry))
  } finally {
    await postgres.stop()
  }
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
