/** Mounts the embedded backend in `npm run dev` and `vite preview`: on their port, with the data of `npm start`. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Plugin, PreviewServer, ViteDevServer } from 'vite'
import { type Otherwise, refuseTunnels } from './answer'
import { type Backend, createBackend } from './server'
import { dataFolder } from './workspace'

/**
 * One backend for the life of the process. When its config changes, Vite loads this file again and creates the new
 * server before it closes the old one; two backends cannot share the data.
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

/**
 * Answers before Vite does, on the HTTP server itself: Vite parses each address before its first middleware, and one
 * that it cannot parse would end the process.
 */
async function mount({ config, httpServer }: ViteDevServer | PreviewServer): Promise<void> {
  if (!httpServer)
    throw new Error('El servidor incluido necesita el servidor HTTP de Vite (sin middlewareMode).')
  const say = (line: string) => config.logger.info(line)
  shared.convocaBackend ??= createBackend({ folder: dataFolder(config.root, say), durable: true, say })
  const backend = await shared.convocaBackend
  httpServer.once('listening', () => {
    const { port } = httpServer.address() as AddressInfo // another than configured when that was taken
    void backend.announce(`http://localhost:${port}`)
  })
  const vite = httpServer.listeners('request') as Otherwise[]
  httpServer.removeAllListeners('request')
  httpServer.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    void backend.handle(incoming, outgoing, () => vite.forEach((listener) => listener(incoming, outgoing)))
  })
  refuseTunnels(httpServer)
}
