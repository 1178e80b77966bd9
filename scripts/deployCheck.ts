/**
 * `npm run deploy:check`: reads a deployment and says what is missing. Writes nothing, but calls the scheduled functions
 * once, as their schedule does. Needs SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY, JOBS_SECRET and
 * SUPABASE_DB_URL in the environment, and APP_URL for the host of the app. Exits 1 when something is missing.
 */
import { fileURLToPath } from 'node:url'
import { withClient } from '../supabase/local/database'
import { SCHEMA_CHECKS } from './deployCheck/schema'
import { serviceChecks } from './deployCheck/service'
import type { Check, Deployment } from './deployCheck/target'

/** What a plan of the host lacks, and no call can read. */
const BY_HAND = [
  'Contraseñas filtradas: Supabase las rechaza solo en planes de pago; la app rechaza las comunes en todos.',
  'Intentos de entrar: Auth frena por dirección de red (Authentication → Rate Limits), no por cuenta; quien cambia de red sigue.',
  'Archivos del equipo: una dirección ya firmada abre hasta cinco minutos, también a quien se dio de baja mientras tanto.',
  'Respaldos: el plan gratuito no los tiene y se detiene tras una semana sin visitas.',
  'Realtime: apágalo en Project Settings → Realtime; la app no lo usa.',
  'Correos de Auth (recuperar la contraseña): sin un servidor SMTP propio solo llegan a tu organización.',
  'El reloj que llama cada minuto a sign, send-mail, verify-media, verify-files y open-data (docs/deploy.md, paso 6).',
]

/** A line for each check: ✓, or ✗ with what was found and what to do. Answers how many failed. */
export async function checkDeployment(to: Deployment, say: (line: string) => void): Promise<number> {
  let failed = 0
  for (const check of [...SCHEMA_CHECKS, ...serviceChecks(to)]) {
    const found = await look(check, to)
    if (found === true) say(`✓ ${check.title}`)
    else {
      failed++
      say(`✗ ${check.title}${found === false ? '' : ` (${found})`}\n    ${check.advice}`)
    }
  }
  return failed
}

async function look(check: Check, to: Deployment): Promise<boolean | string> {
  try {
    return await check.look(to)
  } catch (error) {
    return reasonOf(error as Error)
  }
}

/** `fetch` says why it failed in the cause. */
const reasonOf = ({ name, message, cause }: Error): string => {
  const { code } = (cause ?? {}) as { code?: string }
  if (name === 'TimeoutError') return 'no contestó en 20 segundos'
  return code ? `no contesta: ${code}` : message
}

const UNREACHABLE =
  'Revisa SUPABASE_DB_URL: en Supabase es la de «Connect → Session pooler», con la contraseña de la base (sus signos, como %40 por @).'

const VARIABLES = [
  'SUPABASE_URL',
  'SUPABASE_PUBLISHABLE_KEY',
  'SUPABASE_SECRET_KEY',
  'JOBS_SECRET',
  'SUPABASE_DB_URL',
]

function required(name: string): string {
  const missing = VARIABLES.filter((one) => !process.env[one])
  if (missing.length > 0)
    throw new Error(
      `Faltan variables: ${missing.join(', ')}. docs/deploy.md (paso 9) dice dónde está cada una.`,
    )
  return process.env[name]!
}

async function main(): Promise<void> {
  const given = {
    url: required('SUPABASE_URL').replace(/\/$/u, ''),
    publishableKey: required('SUPABASE_PUBLISHABLE_KEY'),
    secretKey: required('SUPABASE_SECRET_KEY'),
    jobsSecret: required('JOBS_SECRET'),
    appUrl: process.env['APP_URL'] ?? null,
  }
  const databaseUrl = required('SUPABASE_DB_URL')
  await withClient(databaseUrl, () => Promise.resolve()).catch((error: Error) => {
    throw new Error(`No se pudo abrir la base (${error.message}).\n${UNREACHABLE}`, { cause: error })
  })
  const failed = await withClient(databaseUrl, (database) =>
    checkDeployment({ ...given, database }, console.log),
  )
  console.log(`\n${failed === 0 ? 'Todo está.' : `Faltan ${failed}.`} Lo que nadie puede leer desde aquí:`)
  for (const line of BY_HAND) console.log(`  · ${line}`)
  process.exitCode = failed === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
