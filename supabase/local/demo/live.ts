/**
 * The life of the demonstration: documents, proposals, videos, registrations, decisions and announced changes, made
 * through the functions that phones and staff use. `npm start` runs it once for each database; tests and benchmarks begin with the seed alone.
 */
import type pg from 'pg'
import { withClient } from '../database'
import { sendAnswered } from './answered'
import { sendFinished } from './finished'
import { Phone } from './phone'
import { sendPropuestas } from './propuestas'
import { sendRegistrations } from './registrations'
import { sendResults } from './results'
import { sendSelected } from './selected'
import { hashOfSamples } from './samples'
import { writeInStudio } from './studio'
import { sendVideos } from './videos'
import { sendVoice } from './voice'

/** Its line in supabase_migrations.seed_files. */
const NAME = 'samples/demo'

const PARTS = [
  writeInStudio,
  sendPropuestas,
  sendVoice,
  sendVideos,
  sendSelected,
  sendRegistrations,
  sendFinished,
  sendAnswered,
  sendResults,
]

/**
 * Fills the database of this backend, unless that happened already or the institution is a real one. Tells
 * a failure and never rejects: the next start completes what is missing.
 */
export async function liveOnce(
  { address, databaseUrl, jobsSecret }: { address: string; databaseUrl: string; jobsSecret: string },
  say: (line: string) => void,
): Promise<void> {
  try {
    if (!(await withClient(databaseUrl, isDue))) return
    say('Lleno la demostración de propuestas, videos e inscripciones: son unos segundos y ya puedes usarla…')
    const startedAt = performance.now()
    const phone = new Phone(address, jobsSecret)
    for (const part of PARTS) await part(phone, databaseUrl)
    await withClient(databaseUrl, (client) =>
      client.query('insert into supabase_migrations.seed_files (path, hash) values ($1, $2)', [
        NAME,
        hashOfSamples(),
      ]),
    )
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    say(`La demostración ya tiene propuestas, videos e inscripciones de muestra (${seconds} s).`)
    if (phone.refused.length > 0) say(`El servidor no recibió ${phone.refused.length}: ${phone.refused[0]}.`)
  } catch (error) {
    say(`La demostración quedó incompleta: ${(error as Error).message}. El próximo «npm start» la completa.`)
  }
}

const isDue = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ due: boolean }>(
    `select exists (select from app.institution i where i.demo_label is not null)
       and not exists (select from supabase_migrations.seed_files f where f.path = $1) as due`,
    [NAME],
  )
  return rows[0]!.due
}
