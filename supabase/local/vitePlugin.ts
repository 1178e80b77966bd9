/** Mounts the embedded backend in `npm run dev` and `vite preview`, on their own port and with the same data. */
import type { AddressInfo } from 'node:net'
import type { Connect, Plugin, PreviewServer, ViteDevServer } from 'vite'
import { type Backend, createBackend } from './server'
import { dataFolder } from './workspace'

/**
 * One for the process, and it ends with it: when its config changes, Vite loads this file anew and makes
 * the new server before it closes the old one.
 */
const shared = globalThis as typeof globalThis & { convocaBackend?: Promise<Backend> }

export function localBackend(): Plugin {
  return {
    name: 'convoca:local-backend',
    apply: 'serve',
    configureServer: mount,
    configurePreviewServer: mount,
  }
}

async function mount({ middlewares, config, httpServer }: ViteDevServer | PreviewServer): Promise<void> {
  const say = (line: string) => config.logger.info(line)
  shared.convocaBackend ??= createBackend({ folder: dataFolder(config.root, say), durable: true, say })
  const backend = await shared.convocaBackend
  httpServer?.once('listening', () => {
    const { port } = httpServer.address() as AddressInfo // not the configured one where that was taken
    void backend.announce(`http://localhost:${port}`)
  })
  const handle: Connect.NextHandleFunction = (incoming, outgoing, next) => {
    const { pathname } = new URL(incoming.originalUrl ?? '/', 'http://localhost')
    if (!backend.owns(pathname)) return next()
    backend.handle(incoming, outgoing).catch(next)
  }
  middlewares.use(handle)
}
