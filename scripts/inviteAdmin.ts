/**
 * `npm run admin:invite -- <email> <name>`: prints the link of the first administrator of a hosted project. Needs
 * SUPABASE_URL and SUPABASE_SECRET_KEY in the environment, and APP_URL, where the app is served.
 */
import { inviteFirstAdmin } from '../supabase/local/firstAdmin'

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`Falta la variable ${name}.`)
  return value
}

async function main(): Promise<void> {
  const [email, ...words] = process.argv.slice(2)
  const name = words.join(' ')
  if (!email || !name)
    throw new Error('Faltan datos: npm run admin:invite -- correo@institucion.mx Nombre Apellido')
  const project = {
    url: required('SUPABASE_URL').replace(/\/$/u, ''),
    secretKey: required('SUPABASE_SECRET_KEY'),
  }
  const invited = await inviteFirstAdmin(project, required('APP_URL'), { email, name })
  if (!invited)
    throw new Error('Este proyecto ya tiene administración: esa persona invita a las demás en «Personas».')
  console.log(`Enlace para ${name} <${email}>: sirve una sola vez y vale 24 horas.\n${invited.link}`)
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
