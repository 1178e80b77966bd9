/** Forwards a phone's request to the server behind the proxy. */
import http from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export function readAll(stream: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => resolve(Buffer.concat(parts)))
    stream.on('error', reject)
  })
}

/** Forwards a request with this body. Resolves with the answer as soon as its headers arrive. */
export function askUpstream(upstream: URL, request: http.IncomingMessage, body: Readable) {
  return new Promise<http.IncomingMessage>((resolve, reject) => {
    const headers = { ...request.headers, host: upstream.host, connection: 'close' }
    const { hostname, port } = upstream
    const onward = http.request(
      { hostname, port, method: request.method, path: request.url, headers },
      resolve,
    )
    onward.on('error', reject)
    pipeline(body, onward).catch(reject)
  })
}
