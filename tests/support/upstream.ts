/** Asking the server behind the proxy as the phone asked. */
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

/** Passes a request on with this body; the answer as it begins to come. */
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
