/** What `npm run deploy:check` says of the host of the app, and of the address that Auth knows. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HOST_CHECKS } from './host'
import type { Deployment } from './target'

const POLICY = (project: string) =>
  `default-src 'none'; connect-src ${project}; media-src blob: ${project}; img-src blob: ${project}`
type Answers = Record<string, [status: number, headers: Record<string, string>]>
let answers: Answers
let server: Server
let address: string
/** A host that also answers as Auth does to a link of recovery that is invalid. */
beforeAll(async () => {
  server = createServer(({ url = '' }, outgoing) => {
    const [status, headers] = answers[url.split('?')[0]!] ?? [404, {}]
    outgoing.writeHead(status, headers).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

async function found(change: Answers = {}): Promise<string[]> {
  const project = 'https://ref.supabase.example'
  const page = { 'content-type': 'text/html', 'cache-control': 'no-cache' }
  const first = {
    ...page,
    'content-security-policy': POLICY(project),
    'strict-transport-security': 'max-age=1',
  }
  answers = {
    '/': [200, first],
    '/equipo/invitacion': [200, page],
    '/sw.js': [200, { 'cache-control': 'no-cache' }],
    '/auth/v1/verify': [303, { location: `${address}/#error=access_denied` }],
    ...change,
  }
  const lines: string[] = []
  for (const { title, look } of HOST_CHECKS) {
    const isLetters = title.includes('Auth')
    const seen = await look({ url: isLetters ? address : project, appUrl: `${address}/` } as Deployment)
    if (seen !== true) lines.push(`${title}: ${seen}`)
  }
  return lines
}

test('a host with headers, pages and fresh files lacks nothing', async () => {
  expect(await found()).toEqual([])
})

test('a policy without the project, a page that is not found, a kept worker and letters to elsewhere are named', async () => {
  const kept = { 'cache-control': 'public, max-age=3600' }
  const bare = { 'content-security-policy': "default-src 'none'; connect-src 'self'", ...kept }
  const elsewhere = { location: 'http://localhost:3000/#error=access_denied' }
  const change: Answers = {
    '/': [200, bare],
    '/equipo/invitacion': [404, {}],
    '/sw.js': [200, kept],
    '/auth/v1/verify': [303, elsewhere],
  }
  expect(await found(change)).toEqual([
    'La app se sirve con sus cabeceras: no nombra el proyecto en connect-src, media-src, img-src',
    'Cada página de la app abre desde su enlace: /equipo/invitacion contestó 404',
    'Una versión nueva llega a los teléfonos: se guarda o falta / y /sw.js',
    'Los enlaces de los correos de Auth llevan a la app: llevan a http://localhost:3000',
  ])
})

test('a host without Strict-Transport-Security is named', async () => {
  const bare = {
    'content-security-policy': POLICY('https://ref.supabase.example'),
    'cache-control': 'no-cache',
  }
  expect(await found({ '/': [200, bare] })).toEqual([
    'La app se sirve con sus cabeceras: no manda Strict-Transport-Security',
  ])
})
