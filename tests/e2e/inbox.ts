/** The mail that the embedded backend would have sent. */
import { setTimeout as wait } from 'node:timers/promises'

interface Letter {
  to: string
  subject: string
  body: string
}

const PATIENCE_MS = 30_000

async function findCode(origin: string, email: string): Promise<string | undefined> {
  const response = await fetch(`${origin}/__inbox.json?to=${encodeURIComponent(email)}`)
  const letters = (await response.json()) as Letter[]
  return letters.map(({ body }) => /^\D*\b(\d{6,8})\b/mu.exec(body)?.[1]).find(Boolean)
}

/** The code in the newest letter to this address that has one; letters go out by a timer. */
export async function readCode(origin: string, email: string): Promise<string> {
  for (const begun = Date.now(); Date.now() - begun < PATIENCE_MS; await wait(200)) {
    const code = await findCode(origin, email)
    if (code) return code
  }
  throw new Error(`no letter with a code to ${email}`)
}
