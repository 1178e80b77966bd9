/** Compresses the answers of functions, as the gateway of a Supabase project does. */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** Below this many bytes the headers cost more than compression saves. */
const WORTHWHILE = 1024

const acceptsGzip = (request: Request) => /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
const isJson = (response: Response) => /^application\/json\b/.test(response.headers.get('content-type') ?? '')

/** The response as gzip, when the request accepts it and the body is JSON of more than 1 KB. */
export async function compressed(request: Request, response: Response): Promise<Response> {
  if (!response.body || !isJson(response)) return response
  const { status, headers } = response
  const body = Buffer.from(await response.arrayBuffer())
  headers.append('vary', 'accept-encoding')
  if (body.length < WORTHWHILE || !acceptsGzip(request)) return new Response(body, { status, headers })
  headers.set('content-encoding', 'gzip')
  return new Response(new Uint8Array(await promisify(gzip)(body)), { status, headers })
}
