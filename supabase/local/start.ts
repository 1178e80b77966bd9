/**
 * `npm start`: the production build of the app and the embedded backend on one loopback address.
 * Options: `--port N` (by default 4321 or the next free one), `--reset` (deletes the data first) and `--empty` (a
 * project without the demonstration, whose first administrator comes in by a link).
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build'
import { liveOnce } from './demo/live'
import { inviteFirstAdmin } from './firstAdmin'
import { DEMO_LOGINS, FIRST_ADMIN } from './keys'
import { isAlive, starters } from './processes'
import { type Backend, createBackend, listen, type Listening } from './server'
import { serveFolder } from './static'
import { dataFolder } from './workspace'

const DEFAULT_PORT = 4321
const NEXT_PORTS = 20

const say = (line: string) => console.log(line)

async function main(): Promise<void> {
  const startedAt = performance.now()
  const { port, reset, empty } = readArguments()
  const project = path.resolve(import.meta.dirname, '../..')
  const folder = dataFolder(project, say, empty)
  const backend = await createBackend({ folder, durable: true, reset, empty, say, gaveUp })
  try {
    const app = await buildIfStale(project, () =>
      say('Construyo la aplicación: solo la primera vez y cuando cambia…'),
    )
    const listening = await listenSomewhere(backend, port, app.folder)
    endWithTheTerminal(backend, listening)
    const ways = empty ? await firstWay(backend, listening.address) : demoWays(listening.address)
    const kept = `${folder} (se conservan; «npm start -- ${empty ? '--empty ' : ''}--reset» empieza de nuevo)`
    greet(listening.address, kept, (performance.now() - startedAt) / 1000, app.built, ways)
    if (!empty) void liveOnce(placeOf(backend, listening), say) // people need not wait for it
  } catch (error) {
    await backend.close()
    throw error
  }
}

/** Without its database the server could only answer errors. */
function gaveUp({ message }: Error): void {
  console.error(`Postgres no volvió a arrancar. ${message}\nTermino aquí: corre «npm start» otra vez.`)
  process.exit(1)
}

function readArguments(): { port: number | null; reset: boolean; empty: boolean } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      reset: { type: 'boolean', default: false },
      empty: { type: 'boolean', default: false },
    },
  })
  const port = values.port === undefined ? null : Number(values.port)
  if (port !== null && !(Number.isInteger(port) && port >= 1 && port <= 65535)) {
    throw new Error('--port pide un número de 1 a 65535.')
  }
  return { port, reset: values.reset, empty: values.empty }
}

/** Listens on the requested port, or on the first free one from 4321 on. */
async function listenSomewhere(backend: Backend, asked: number | null, folder: string): Promise<Listening> {
  const first = asked ?? DEFAULT_PORT
  for (let port = first; ; port++) {
    try {
      return await listen(backend, port, serveFolder(folder))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      if (asked !== null)
        throw new Error(`El puerto ${asked} está ocupado: elige otro con --port N.`, { cause: error })
      if (port === first + NEXT_PORTS)
        throw new Error('No hay un puerto libre: elige uno con --port N.', { cause: error })
    }
  }
}

/** Ends everything in order after Ctrl-C, when the terminal closes, or when the npm that started us dies. */
function endWithTheTerminal(backend: Backend, listening: Listening): void {
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await listening.close()
    await backend.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())
  const parents = process.env['npm_lifecycle_event'] ? starters() : []
  setInterval(() => parents.every(isAlive) || void end(), 1000).unref()
}

const placeOf = ({ databaseUrl, keys }: Backend, { address }: Listening) => ({
  address,
  databaseUrl,
  jobsSecret: keys.jobsSecret,
})

/** Where staff come in: the logins of the demonstration. */
function demoWays(address: string): string {
  const logins = Object.entries(DEMO_LOGINS).map(
    ([does, { email, password }]) => `\n                    ${email} · ${password} (${does})`,
  )
  return `${address}/equipo${logins.join('')}`
}

/** Where staff come in: the link of the first administrator until there is one. */
async function firstWay({ keys }: Backend, address: string): Promise<string> {
  const project = { url: address, secretKey: keys.secretKey }
  const invited = await inviteFirstAdmin(project, address, FIRST_ADMIN)
  return invited
    ? `${invited.link}\n                    Para configurarla: sirve una sola vez y vale 24 horas.`
    : `${address}/equipo`
}

function greet(address: string, kept: string, seconds: number, built: boolean, ways: string): void {
  const port = new URL(address).port
  say(`
Convoca está lista en ${seconds.toFixed(1)} s${built ? ' (incluye construir la aplicación)' : ''}.

  Aplicación        ${address}
  Equipo            ${ways}
  Correos           ${address}/__inbox
  Datos             ${kept}

  En un teléfono    instalarla y usarla sin señal pide un contexto seguro:
                    · Android por cable: adb reverse tcp:${port} tcp:${port}
                      y abre http://localhost:${port} en el teléfono
                    · o un túnel con https hacia ${address}

  Ctrl-C termina. Solo para demostración y pruebas: estas contraseñas son públicas.
`)
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})
