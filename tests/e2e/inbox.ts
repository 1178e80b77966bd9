/** The mail that the embedded backend would have sent. */
import { expect } from '@playwright/test'
import { PATIENCE } from './patience'

interface Letter {
  to: string
  subject: string
  body: string
}

/** What was sent to this address so far, the newest first. */
export async function lettersTo(origin: string, email: string): Promise<Letter[]> {
  const response = await fetch(`${origin}/__inbox.json?to=${encodeURIComponent(email)}`)
  return (await response.json()) as Letter[]
}

async function find(origin: string, email: string, pattern: RegExp): Promise<string | undefined> {
  const letters = await lettersTo(origin, email)
  return letters.map(({ body }) => pattern.exec(body)?.[1]).find(Boolean)
}

/** What the newest letter to this address that has it says there; letters go out by a timer. */
async function readLetter(origin: string, email: string, pattern: RegExp): Promise<string> {
  const read = () => find(origin, email, pattern)
  await expect.poll(read, { ...PATIENCE, message: `a letter to ${email}` }).toBeDefined()
  return (await read())!
}

/** The code of a letter. */
export const readCode = (origin: string, email: string) => readLetter(origin, email, /^\D*\b(\d{6,8})\b/mu)

/** The address in an invitation. */
export const readInvitation = (origin: string, email: string) =>
  readLetter(origin, email, /^(http\S+\/equipo\/invitacion#\S+)$/mu)
