/**
 * One-tap unsubscribing (RFC 8058): the mailbox's provider posts `List-Unsubscribe=One-Click` to the address of a letter's
 * header, without cookies or login. Any other call changes nothing, because scanners open every link. Portable: Deno
 * serves it in production, and the embedded backend calls it in-process.
 */
export interface Collaborators {
  /** Where the app is served, or null while nobody knows. */
  app(): string | null
  /** Stops the letters of the address that the token names. False for a token that is not ours. */
  stop(token: string): Promise<boolean>
}

/** Answers 200 after stopping, 404 to an unknown token, and sends people who open the address to the app's page. */
export const createHandler =
  ({ app, stop }: Collaborators) =>
  async (request: Request): Promise<Response> => {
    const token = new URL(request.url).searchParams.get('token') ?? ''
    if (request.method === 'GET' || request.method === 'HEAD') {
      const location = `${app() ?? ''}/correo#${encodeURIComponent(token)}`
      return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
    }
    if (request.method !== 'POST') return say(405, 'Method not allowed')
    if (!(await isOneClick(request))) return say(400, 'List-Unsubscribe=One-Click is missing')
    return (await stop(token)) ? say(200, 'Unsubscribed') : say(404, 'Unknown link')
  }

/** The body is a form, in either of the two encodings of RFC 8058. */
async function isOneClick(request: Request): Promise<boolean> {
  try {
    return (await request.formData()).get('List-Unsubscribe') === 'One-Click'
  } catch {
    return false
  }
}

const say = (status: number, words: string) =>
  new Response(words, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
