/** How functions that the app calls from another origin read a request and answer it. */

export interface Answer {
  status: number
  body: unknown
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'apikey, authorization, content-type, accept, x-client-info',
}

/** Answers a POST with what `work` makes of its JSON (`{}` when it is none), and a preflight. */
export const answerPosts =
  (work: (body: Record<string, unknown>, request: Request) => Promise<Answer>) =>
  async (request: Request): Promise<Response> => {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS })
    if (request.method !== 'POST') return toResponse({ status: 405, body: { message: 'Method not allowed' } })
    return toResponse(await work(await bodyOf(request), request))
  }

/** A refusal in the form of PostgREST. */
export const refusal = (status: number, code: string, field = ''): Answer => ({
  status,
  body: { code: `PT${status}`, message: code, details: field, hint: null },
})

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await request.json()
    return typeof body === 'object' && body !== null ? { ...body } : {}
  } catch {
    return {}
  }
}

const toResponse = ({ status, body }: Answer) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { ...CORS, 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
