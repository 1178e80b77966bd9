/** Every request gets an HTTP answer, and the serving process continues. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PUBLISHABLE_KEY, secretKeysIn } from '../../supabase/local/keys'
import { serveFolder } from '../../supabase/local/static'
import { callStatus, makeFolder, type Running, start } from './embeddedBackend'

const PAGE = '<!doctype html><title>app</title>'
let running: Running
let home: string
beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), 'convoca-dist-'))
  const dist = path.join(home, 'dist')
  mkdirSync(path.join(dist, 'assets'), { recursive: true })
  writeFileSync(path.join(home, 'beside.txt'), 'outside the folder')
  writeFileSync(path.join(dist, 'index.html'), PAGE)
  writeFileSync(path.join(dist, '_headers'), '/*\n  X-Frame-Options: DENY\n')
  writeFileSync(path.join(dist, '_redirects'), '/c/una/* /c/una.html 200\n/* /index.html 200\n')
  mkdirSync(path.join(dist, 'c', 'una'), { recursive: true })
  writeFileSync(path.join(dist, 'c', 'una.html'), 'campaign')
  writeFileSync(path.join(dist, 'c', 'una', 'vista.html'), 'item')
  writeFileSync(path.join(dist, 'assets', 'app.js'), 'export {}')
  running = await start({ folder: makeFolder(), durable: false }, serveFolder(dist))
})
afterAll(async () => {
  await running.close()
  rmSync(home, { recursive: true, force: true })
})

interface Answer {
  status: number
  head: string
  body: string
}

/** Sends raw bytes and reads until the server closes. Fails if the answer is not HTTP. */
const send = (text: string): Promise<Answer> =>
  new Promise((done, failed) => {
    let got = ''
    const socket = net.connect(Number(new URL(running.address).port), '127.0.0.1')
    socket.setTimeout(20_000, () =>
      socket.destroy(new Error(`no end of the answer to ${JSON.stringify(text)}`)),
    )
    socket.on('data', (part) => (got += part.toString('latin1')))
    socket.on('error', (error: NodeJS.ErrnoException) => error.code !== 'ECONNRESET' && failed(error))
    socket.on('close', () => {
      const [head = '', ...body] = got.split('\r\n\r\n')
      const [, status] = /^HTTP\/1\.1 (\d{3}) /u.exec(head) ?? []
      if (status) done({ status: Number(status), head: head.toLowerCase(), body: body.join('\r\n\r\n') })
      else failed(new Error(`${JSON.stringify(text.slice(0, 200))} was answered ${JSON.stringify(got)}`))
    })
    socket.write(Buffer.from(text, 'latin1'))
  })

/** The body of an answer without the sizes of its chunks. */
const unchunked = ({ head, body }: Answer) =>
  head.includes('transfer-encoding: chunked')
    ? body.replace(/(?:^|\r\n)[0-9a-f]+\r\n/giu, '').trimEnd()
    : body

const request = (line: string, ...headers: string[]) =>
  send([`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n'))

describe('answers of functions', () => {
  const ask = (fn: string, ...headers: string[]) =>
    request(`GET /rest/v1/rpc/${fn}`, `apikey: ${PUBLISHABLE_KEY}`, ...headers)

  test('an answer of more than 1 KB is compressed for a caller who accepts it, to the same text', async () => {
    const plain = await ask('list_bodies')
    expect(plain.head).not.toMatch(/^content-encoding:/m)
    expect(plain.head).toContain('vary: accept-encoding')
    const zipped = await ask('list_bodies', 'Accept-Encoding: br, gzip')
    expect(zipped.head).toMatch(/^content-encoding: gzip/m)
    expect(zipped.body.length).toBeLessThan(plain.body.length / 3)
    const got = await fetch(`${running.address}/rest/v1/rpc/list_bodies`, {
      headers: { apikey: PUBLISHABLE_KEY },
    })
    expect(got.headers.get('content-encoding')).toBe('gzip')
    expect(Buffer.from(await got.arrayBuffer()).toString('latin1')).toBe(unchunked(plain))
  })

  test('a short answer is not compressed', async () => {
    const refused = await ask('unknown', 'Accept-Encoding: gzip')
    expect(refused.status).toBe(404)
    expect(refused.head).not.toMatch(/^content-encoding:/m)
  })
})

describe('invalid requests', () => {
  test.each([
    ['GET http://[', 400],
    ['GET http://', 400],
    ['GET http://user:word@localhost/', 400],
    ['GET ftp://localhost/', 400],
    ['GET localhost:80', 400],
    ['GET *', 400],
    ['GET /%', 400],
    ['GET /%ff', 400],
    ['GET /%00', 400],
    ['GET /%2e%2e/beside.txt', 404],
    ['GET /..%2fbeside.txt', 404],
    ['GET /assets/..%2f..%2fbeside.txt', 404],
    ['GET /..%5cbeside.txt', 404],
    [`GET /${'a'.repeat(300)}.js`, 404],
    [`GET /${'a'.repeat(20_000)}`, 431],
    ['CONNECT localhost:80', 405],
    ['TRACE /rest/v1/rpc/bootstrap', 405],
    ['TRACE /', 405],
    ['PROPFIND /rest/v1/rpc/bootstrap', 405],
    ['DELETE /', 405],
    ['NONSENSE /', 400],
    ['get /', 400],
    ['GET /rest/v1/rpc/%ff', 404],
    ['GET /rest/v1/rpc/%00', 404],
    ['GET /rest/v1/rpc/bootstrap?%ff=%00&a', 404],
    ['GET /functions/v1/constructor', 404],
    ['POST /functions/v1/__proto__', 404],
    ['POST /functions/v1/toString', 404],
    ['GET /auth/v1/%ff', 404],
    ['GET /storage/v1/object/public/%ff/a', 400],
    ['GET /storage/v1/object/public/%00/a', 400],
    ['PATCH /storage/v1/upload/resumable/%ff', 412],
    ['HEAD /storage/v1/upload/resumable/%00', 412],
  ])('the request line “%s” is refused', async (line, status) => {
    expect((await request(line, `apikey: ${PUBLISHABLE_KEY}`)).status).toBe(status)
  })

  test.each([
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n', 400],
    ['a Host with spaces', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
    ['a Host that is not a name', 'GET /__inbox HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n', 400],
    ['a Host with an invalid port', 'GET / HTTP/1.1\r\nHost: a:99999\r\nConnection: close\r\n\r\n', 400],
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    [
      'two Content-Length headers',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
    ],
    ['a header with a NUL character', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: \0\r\n\r\n', 400],
    ['bytes that are not HTTP', '\x16\x03\x01\x02\r\n\r\n', 400],
    ['another HTTP version', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n', 400],
  ])('a request with %s is refused', async (_, bytes, status) => {
    expect((await send(bytes)).status).toBe(status)
  })
})

test.each([
  ['another name', 'Host: demostracion.example'],
  ['a name that begins like ours', 'Host: 127.0.0.1.example'],
  ['the address of a visitor', 'Host: localhost\r\nX-Forwarded-For: 203.0.113.7'],
  ['the standard header of proxies', 'Host: localhost\r\nForwarded: for=203.0.113.7'],
])('the inbox is not shown through a tunnel that tells %s', async (_, headers) => {
  const asked = `GET /__inbox.json HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`
  expect((await send(asked)).status).toBe(404)
})

test('each data folder has secret keys of its own, which only its owner reads', () => {
  const folders = ['a', 'b'].map((name) => path.join(home, name))
  const [first, second] = folders.map(secretKeysIn)
  expect(Object.values(first!).filter((key) => Object.values(second!).includes(key))).toEqual([])
  expect(secretKeysIn(folders[0]!)).toEqual(first)
  expect(statSync(path.join(folders[0]!, 'keys.json')).mode & 0o777).toBe(0o600)
})

describe('unusual valid requests', () => {
  test.each([
    ['GET //', 200],
    ['GET http://localhost/', 200],
    ['GET HTTP://LOCALHOST/__inbox', 200],
    ['GET /\\', 200],
    ['OPTIONS *', 204],
    ['OPTIONS /rest/v1/rpc/bootstrap', 204],
    ['GET http://localhost/rest/v1/rpc/bootstrap', 200],
  ])('the request line “%s” is served', async (line, status) => {
    expect((await request(line, `apikey: ${PUBLISHABLE_KEY}`)).status).toBe(status)
  })

  test('repeated headers do not change the answer', async () => {
    const twice = [
      'Accept: text/html',
      'Accept: */*',
      'X-A: 1',
      'X-A: 2',
      'Cookie: a',
      'Cookie: b',
      'Host: other',
    ]
    expect((await request('GET /', ...twice)).status).toBe(200)
    expect((await request('GET /rest/v1/rpc/bootstrap', `apikey: ${PUBLISHABLE_KEY}`, ...twice)).status).toBe(
      200,
    )
  })
})

test('random requests to every part are answered, and none causes a server error', async () => {
  const parts = [
    '/',
    '/rest/v1/rpc/',
    '/auth/v1/',
    '/functions/v1/',
    '/storage/v1/object/',
    '/storage/v1/upload/resumable/',
  ]
  const prefix = fc.constantFrom(...parts, '//', 'http://', 'http://localhost/', '/__inbox', '/assets/', '*')
  const odd = fc.constantFrom(
    '%',
    '%ff',
    '%00',
    '%2f',
    '..',
    '/',
    '\\',
    '?',
    '#',
    '[',
    ':',
    '@',
    '\x80',
    '__proto__',
    'a',
  )
  const method = fc.constantFrom(
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'TRACE',
    'SEARCH',
    'X',
  )
  const header = fc.tuple(
    fc.constantFrom(
      'Host',
      'Accept',
      'Range',
      'Content-Type',
      'Upload-Metadata',
      'X-Forwarded-Host',
      'Authorization',
    ),
    fc.string({
      unit: fc.constantFrom('a', ' ', ',', ';', '=', '%', '[', '"', '\x01', '\xff', '9'),
      maxLength: 12,
    }),
  )
  const sent = fc.record({
    method,
    prefix,
    rest: fc.array(odd, { maxLength: 6 }),
    headers: fc.array(header, { maxLength: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(sent, async ({ method, prefix, rest, headers }) => {
      const lines = headers.map(([name, value]) => `${name}: ${value}`)
      const target = `${prefix}${rest.join('')}`
      const { status } = await request(
        `${method} ${target}`,
        `apikey: ${PUBLISHABLE_KEY}`,
        'Content-Length: 0',
        ...lines,
      )
      expect([target, status >= 200 && status !== 500]).toEqual([target, true])
    }),
    { numRuns: 400 },
  )
  expect(running.said).toEqual([])
  expect(await callStatus(running)).toBe(200)
})

test('a server error is answered with 500 and logged without the data of the request', async () => {
  const broken = await start({ folder: makeFolder(), durable: false }, () => {
    throw new TypeError('ana@correo.example')
  })
  try {
    expect((await fetch(`${broken.address}/ana@correo.example`)).status).toBe(500)
    expect(broken.said).toEqual([
      expect.stringMatching(/^GET \/: TypeError \(embeddedRequests\.test\.ts:\d+\)$/u),
    ])
    expect(await callStatus(broken)).toBe(200)
  } finally {
    await broken.close()
  }
})

describe('the page of the app', () => {
  const isPage = async (line: string, ...headers: string[]) => {
    const { status, body } = await request(line, ...headers)
    expect([200, 404]).toContain(status)
    return status === 200 && body === PAGE
  }

  test.each([
    '*/*',
    'text/html',
    'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
    'text/*',
    'TEXT/HTML;q=0.1',
  ])('the page is served at every address of the app for a client that accepts %s', async (accept) => {
    expect(await isPage('GET /', `Accept: ${accept}`)).toBe(true)
    expect(await isPage('GET /c/una-consulta/participar?paso=2', `Accept: ${accept}`)).toBe(true)
    expect(await isPage('GET /folio%23PR-2026-000042-6.secret', `Accept: ${accept}`)).toBe(true)
  })

  test('the page is served without an Accept header, and its root to every client', async () => {
    expect(await isPage('GET /equipo')).toBe(true)
    expect(await isPage('GET /', 'Accept: application/json')).toBe(true)
  })

  test.each(['application/json', 'image/png,image/*', 'text/html;q=0,*/*', '*/*;q=0', 'text/plain'])(
    'the page is not served for a client that accepts only %s',
    async (accept) => expect(await isPage('GET /equipo', `Accept: ${accept}`)).toBe(false),
  )

  test.each(['no-cors', 'cors', 'same-origin'])(
    'the page is not served for a fetch in mode %s',
    async (mode) => {
      expect(await isPage('GET /equipo', 'Accept: */*', `Sec-Fetch-Mode: ${mode}`)).toBe(false)
      expect(await isPage('GET /equipo', 'Accept: */*', 'Sec-Fetch-Mode: navigate')).toBe(true)
    },
  )

  test.each([
    '/assets/gone',
    '/assets/old.js',
    '/app.js',
    '/app.css',
    '/app.css%23folio',
    '/robots.txt',
    '/sw.js',
    '/manifest.webmanifest',
    '/.env',
    '/.git/config',
    '/_headers',
    '/%5fheaders',
    '/_redirects',
  ])('the page is not served in place of the missing file %s', async (file) =>
    expect(await isPage(`GET ${file}`, 'Accept: text/html,*/*')).toBe(false),
  )

  test.each([
    ['/c/una/vista', 'item'],
    ['/c/una/otra?paso=2', 'campaign'],
    ['/c/una', 'campaign'],
    ['/c/unas/vista', PAGE],
  ])('an address of a shared page is served its file, or the one that a rule names: %s', async (at, body) => {
    expect(await request(`GET ${at}`, 'Accept: text/html')).toMatchObject({ status: 200, body })
    expect((await request(`GET ${at}`, 'Accept: application/json')).status).toBe(404)
  })

  test('HEAD returns the headers of the page and no body', async () => {
    const { status, head, body } = await request('HEAD /equipo', 'Accept: */*')
    expect([status, body]).toEqual([200, ''])
    expect(head).toContain('x-frame-options: deny')
  })
})
