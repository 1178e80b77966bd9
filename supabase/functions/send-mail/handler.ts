/**
 * Sends the mail that is due: takes it from the database, gives each letter to the mail service, and settles it. A push to a
 * phone waits in the same queue and leaves the same way.
 * Portable: Deno serves it in production, and the embedded backend calls it in-process.
 *
 * No letter is given twice: it is begun before it is given, and one whose sender dies in between stays in doubt
 * (decision 0074). Only a service that recognizes a letter by its name gets it again.
 */
import { answer, showsSecret } from '../_shared/callerSecret.ts'
import { type Letter, letterOf, type Places } from './letter.ts'

export interface Mail {
  id: number
  /** Names the letter, the same in every attempt (UUID). */
  name: string
  /** The claim of this taking. */
  lease: string
  to: string
  subject: string
  body: string
  /** This letter asks its reader to confirm the address. */
  asks: boolean
  /** It tells of something that was sent here with its address. */
  own: boolean
  /** The language of its words (BCP 47). */
  locale: string
  /** For the links to the page of the address; null in a letter that somebody asked for. */
  token: string | null
  /** Null until the institution has said it. */
  from: { name: string; address: string } | null
  /** The phone of a push, whose words are `subject` and `body`; absent or null for a letter. */
  push?: PushTarget | null
}

/** A browser's subscription (RFC 8030, RFC 8291). The keys are base64url. */
interface PushTarget {
  endpoint: string
  p256dh: string
  auth: string
}

/**
 * What an error means: `failed`, the letter did not leave; `rejected`, its mailbox does not exist; `unknown`, it may have
 * left.
 */
export type Failure = 'failed' | 'rejected' | 'unknown'

/** Why a letter was not taken. `code` has nothing of the letter or its address. */
export class NotTaken extends Error {
  constructor(
    readonly code: string,
    readonly meaning: Failure,
  ) {
    super(code)
  }
}

export interface Collaborators {
  /** Callers must show this secret. */
  callerSecret: string
  takeMail(limit: number): Promise<Mail[]>
  /** Whether the letter may be given to the service now: false when the claim is over or the letter is gone. */
  beginMail(mail: Mail): Promise<boolean>
  /** `error` is null after success. */
  settleMail(id: number, error: NotTaken | null): Promise<void>
  /** Where the links of letters lead, or null while nobody knows: then no letter leaves. */
  places(): Places | null
  /** Resolves once the service has taken the letter. Rejects with `NotTaken`; any other error counts as `unknown`. */
  send(letter: Letter): Promise<void>
  /** Null without keys: then no phone subscribes. */
  phones: (Pusher & { keepKey(publicKey: string): Promise<void> }) | null
}

export interface Pusher {
  /** With it phones subscribe. */
  publicKey: string
  /** Gives a push to the service of the phone's browser, or rejects as `send` does. */
  push(mail: Mail & { push: PushTarget }): Promise<void>
}

const BATCH = 20
const AT_ONCE = 4
const RUN_MS = 45_000 // ends the invocation before the platform does; the next one continues

/** Answers `{sent, failed}`; 401 without the secret. */
export function createHandler(collaborators: Collaborators): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!(await showsSecret(request, collaborators.callerSecret)))
      return answer(401, { message: 'Invalid secret' })
    if (request.method !== 'POST') return answer(405, { message: 'Method not allowed' })
    const counts = { sent: 0, failed: 0 }
    const places = collaborators.places()
    if (places === null) return answer(200, counts)
    await collaborators.phones?.keepKey(collaborators.phones.publicKey)
    const until = Date.now() + RUN_MS
    for (let due = BATCH; due >= BATCH && Date.now() < until;) {
      const mails = await collaborators.takeMail(BATCH)
      due = mails.length
      const deliverNext = async (): Promise<void> => {
        for (let mail = mails.shift(); mail; mail = mails.shift()) {
          const outcome = await deliver(mail, places, collaborators)
          if (outcome) counts[outcome]++
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, deliverNext))
    }
    return answer(200, counts)
  }
}

/** Undefined for a letter that may not be given any more. */
async function deliver(
  mail: Mail,
  places: Places,
  { beginMail, send, settleMail, phones }: Collaborators,
): Promise<'sent' | 'failed' | undefined> {
  if (!(await beginMail(mail))) return undefined
  try {
    if (!isPush(mail)) await send(letterOf(mail, places))
    else if (phones) await phones.push(mail)
    else throw new NotTaken('no_push_keys', 'failed')
  } catch (error) {
    await settleMail(mail.id, error instanceof NotTaken ? error : new NotTaken('send_failed', 'unknown'))
    return 'failed'
  }
  await settleMail(mail.id, null)
  return 'sent'
}

const isPush = (mail: Mail): mail is Mail & { push: PushTarget } => !!mail.push
