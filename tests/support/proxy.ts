/**
 * The network between phone and server: a loopback reverse proxy under the control of a test. Its address is
 * the phone's only origin, so a cut affects page and service worker alike.
 */
import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { PassThrough, pipeline, Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { serveFolder } from '../../supabase/local/static'
import { askUpstream, readAll } from './upstream'

export interface NetworkProxy {
  readonly origin: string
  /** Every request that arrived, oldest first: `GET /assets/x.js`. */
  readonly requests: string[]
  /**
   * How often a function of the API was called, with or without an answer. The steps of a resumable upload have
   * names too: `upload.POST`, `upload.HEAD`, `upload.PATCH`.
   */
  calls(fn: string): number
  /** How often the server has answered such a call and hence committed it, even if the answer was lost. */
  answers(fn: string): number
  /** Upload bytes that reached the proxy, including those of interrupted requests. */
  uploaded(): number
  /** The number of upload requests that are neither answered nor broken. */
  uploading(): number
  /**
   * Whether upload bytes are forwarded as they arrive, so that the server keeps the bytes of an interrupted
   * request. Otherwise only complete requests are forwarded, and an interrupted one loses all its bytes.
   */
  passPieces(on: boolean): void
  /** Holds uploads once `uploaded()` exceeds this number; null lets them go on. */
  holdUploads(above: number | null): void
  /** Deploys a new version: the app's files come from this folder, or from upstream again if null. */
  deploy(folder: string | null): void
  /** Limits uploads to this many bytes a second; null removes the limit. */
  slowUploads(bytesPerSecond: number | null): void
  /** Airplane mode: destroys every open and every new connection. */
  down(on: boolean): void
  /** The next `times` calls of `fn` commit upstream, and then their answers are lost with the connection. */
  loseAnswer(fn: string, times?: number): void
  /** A captive portal: every request is answered with 200 and a page of another site. */
  captivePortal(on: boolean): void
  /** The API (not the app's files) answers with this status; null ends that. */
  status(code: number | null): void
  /**
   * Holds calls of `fn` before they reach the server, or their answers on the way back, until the returned
   * function is called. Those that come after another hold wait for that one.
   */
  hold(fn: string, what?: Held): () => void
  /** Ends every fault. */
  mend(): void
  close(): Promise<void>
}

interface Faults {
  down: boolean
  captive: boolean
  status: number | null
  uploadRate: number | null
  heldAbove: number | null
  pieces: boolean
  files: ReturnType<typeof serveFolder> | null
  lost: Map<string, number>
  held: Map<string, Promise<void>>
}

type Held = 'call' | 'answer'

const NONE = {
  down: false,
  captive: false,
  status: null,
  uploadRate: null,
  heldAbove: null,
  pieces: false,
  files: null,
}
const PORTAL = '<!doctype html><html lang="es"><title>Wi-Fi</title><h1>Acepta los términos</h1></html>'
const keyOf = (fn: string, what: Held) => `${what} ${fn}`
const isUpload = (url: string) => url.startsWith('/storage/v1/upload/resumable')
const functionOf = (method: string, url: string) =>
  isUpload(url) ? `upload.${method}` : (/^\/rest\/v1\/rpc\/(\w+)/u.exec(url)?.[1] ?? '')
const isApi = (url: string) => /^\/(rest|auth|storage)\/v1\//u.test(url)
const isBackend = (url: string) => isApi(url) || /^\/(functions|__)/u.test(url)

/** More than the largest piece of an upload. Who reads all of a request at once learns at once that it broke. */
const READ_AHEAD = 8 * 1024 * 1024

/** Lets the bytes of an upload through at the limited rate, counts them, and waits while uploads are held. */
async function* readUpload({ faults, count }: Passing, request: http.IncomingMessage) {
  const received = pipeline(request, new PassThrough({ highWaterMark: READ_AHEAD }), () => undefined)
  for await (const part of received as AsyncIterable<Buffer>) {
    const uploaded = count(part.length)
    yield part
    if (faults.uploadRate) await wait((part.length / faults.uploadRate) * 1000)
    while (faults.heldAbove !== null && uploaded > faults.heldAbove) {
      if (request.socket.destroyed) throw new Error('the phone broke an upload that was held')
      await wait(20)
    }
  }
}

/** Uses up one of the answers to lose for this function. False if none is left. */
function takeLoss(faults: Faults, fn: string): boolean {
  const left = faults.lost.get(fn) ?? 0
  if (left > 0) faults.lost.set(fn, left - 1)
  return left > 0
}

interface Passing {
  upstream: URL
  faults: Faults
  /** Adds the bytes of a part. Answers `uploaded()`. */
  count: (bytes: number) => number
  /** The function of each answer of the server. */
  answered: string[]
}

async function forward(passing: Passing, request: http.IncomingMessage, response: http.ServerResponse) {
  const { upstream, faults, answered } = passing
  const fn = functionOf(request.method ?? '', request.url ?? '')
  const isBytes = isUpload(request.url ?? '')
  const body = isBytes ? Readable.from(readUpload(passing, request)) : request
  const sent = faults.pieces && isBytes ? body : Readable.from([await readAll(body)])
  await faults.held.get(keyOf(fn, 'call'))
  const answer = await askUpstream(upstream, request, sent)
  answered.push(fn)
  await faults.held.get(keyOf(fn, 'answer'))
  if (takeLoss(faults, fn)) {
    await readAll(answer)
    request.socket.destroy()
    return
  }
  response.writeHead(answer.statusCode ?? 502, answer.headers)
  answer.pipe(response)
}

/** Starts a proxy on a free loopback port in front of `upstreamOrigin`. */
export async function startProxy(upstreamOrigin: string): Promise<NetworkProxy> {
  const upstream = new URL(upstreamOrigin)
  const faults: Faults = { ...NONE, lost: new Map(), held: new Map() }
  const sockets = new Set<Socket>()
  const requests: string[] = []
  let [uploaded, uploading] = [0, 0]
  const answered: string[] = []
  const passing: Passing = { upstream, faults, count: (bytes) => (uploaded += bytes), answered }
  // One request per connection: Chromium repeats a call by itself if its kept-alive connection breaks.
  const server = http.createServer((request, response) => {
    const url = request.url ?? ''
    requests.push(`${request.method} ${url}`)
    if (faults.captive) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PORTAL)
    } else if (faults.status !== null && isApi(url)) {
      response.writeHead(faults.status, { 'content-type': 'text/plain' }).end('upstream is not well')
    } else if (faults.files && !isBackend(url)) {
      faults.files(request, response)
    } else {
      const bytes = Number(isUpload(url))
      uploading += bytes
      forward(passing, request, response)
        .catch(() => request.socket.destroy())
        .finally(() => (uploading -= bytes))
    }
  })
  server.maxRequestsPerSocket = 1
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    if (faults.down) socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const dropAll = () => sockets.forEach((socket) => socket.destroy())
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    calls: (fn) =>
      requests.filter((line) => functionOf(...(line.split(' ') as [string, string])) === fn).length,
    answers: (fn) => answered.filter((name) => name === fn).length,
    uploaded: () => uploaded,
    uploading: () => uploading,
    passPieces: (on) => void (faults.pieces = on),
    deploy: (folder) => void (faults.files = folder === null ? null : serveFolder(folder)),
    slowUploads: (bytesPerSecond) => void (faults.uploadRate = bytesPerSecond),
    holdUploads: (above) => void (faults.heldAbove = above),
    down(on) {
      faults.down = on
      if (on) dropAll()
    },
    loseAnswer: (fn, times = 1) => void faults.lost.set(fn, times),
    captivePortal(on) {
      faults.captive = on
      dropAll()
    },
    status(code) {
      faults.status = code
    },
    hold(fn, what = 'call') {
      const key = keyOf(fn, what)
      let release = () => {}
      const held = new Promise<void>((resolve) => (release = resolve))
      faults.held.set(key, held)
      return () => {
        if (faults.held.get(key) === held) faults.held.delete(key) // a later hold goes on
        release()
      }
    },
    mend() {
      Object.assign(faults, NONE)
      faults.lost.clear()
      faults.held.clear()
    },
    close() {
      dropAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
