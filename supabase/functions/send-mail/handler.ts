/**
 * Sends the mail that is due: takes it from the database, gives each letter to a transport, and settles it as sent
 * or failed. Portable: Deno serves it in production, and the embedded backend calls it in-process.
 */
import { answer, showsSecret } from '../_shared/callerSecret.ts'
import { type Letter, letterOf, type Places } from './letter.ts'

export interface Mail {
  id: number
  to: string
  subject: string
  body: string
  /** This letter asks its reader to confirm the address. */
  asks: boolean
  /** For the links to the page of the address; null in a letter that somebody asked for. */
  token: string | null
  /** Null until the institution has said it. */
  from: { name: string; address: string } | null
}

export interface Collaborators {
  /** Callers must show this secret. */
  callerSecret: string
  takeMail(limit: number): Promise<Mail[]>
  /** `error` is null after success, otherwise a code without any of the letter or its address. */
  settleMail(id: number, error: string | null): Promise<void>
  /** Where the links of letters lead, or null while nobody knows: then no letter leaves. */
  places(): Places | null
  send(letter: Letter): Promise<void>
}

const BATCH = 20
const BATCHES = 5 // ends the invocation before the platform does; the next one continues

/** Answers `{sent, failed}`; 401 without the secret. */
export function createHandler(collaborators: Collaborators): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!(await showsSecret(request, collaborators.callerSecret)))
      return answer(401, { message: 'Invalid secret' })
    if (request.method !== 'POST') return answer(405, { message: 'Method not allowed' })
    const counts = { sent: 0, failed: 0 }
    const places = collaborators.places()
    if (places === null) return answer(200, counts)
    for (let batch = 0; batch < BATCHES; batch++) {
      const due = await collaborators.takeMail(BATCH)
      for (const mail of due) counts[await deliver(mail, places, collaborators)]++
      if (due.length < BATCH) break
    }
    return answer(200, counts)
  }
}

async function deliver(
  mail: Mail,
  places: Places,
  { send, settleMail }: Collaborators,
): Promise<'sent' | 'failed'> {
  try {
    await send(letterOf(mail, places))
  } catch (error) {
    await settleMail(mail.id, codeOf(error))
    return 'failed'
  }
  await settleMail(mail.id, null)
  return 'sent'
}

/** The transport's code (`ECONNECTION`, `EENVELOPE`…). Its message is left out, because it may repeat the address. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'send_failed'
}
