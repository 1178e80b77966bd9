/** The letters of the embedded backend's inbox, and submissions that cause them. */
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { anonymous, apply, call, newSecret, target, validOp } from '../contract/clients'

interface Letter {
  to: string
  subject: string
  body: string
}

/** Sends what is due and answers the letters to this address; without one, all of them. */
export async function lettersTo(email?: string): Promise<Letter[]> {
  const headers = secretHeader(target().jobsSecret)
  await call('/functions/v1/send-mail', { method: 'POST', headers })
  const query = email === undefined ? '' : `?to=${encodeURIComponent(email)}`
  return (await (await call(`/__inbox.json${query}`)).json()) as Letter[]
}

/** Sends a proposal with this address. Answers its verdict with what its author holds. */
export async function submitAs(email: string) {
  const op = await validOp(anonymous(), newSecret())
  Object.assign(op.payload as object, { email, display_name: 'Ana' })
  const [verdict] = await apply(anonymous(), [op])
  return { op, verdict: verdict! }
}
