/** The letters in the embedded backend's inbox. */
import { expect } from '@playwright/test'
import { PATIENCE } from './patience'

interface Letter {
  to: string
  subject: string
  body: string
  headers: Record<string, string>
}

/** The letters to this address, newest first. */
export async function lettersTo(origin: string, email: string): Promise<Letter[]> {
  const response = await fetch(`${origin}/__inbox.json?to=${encodeURIComponent(email)}`)
  return (await response.json()) as Letter[]
}

async function find(origin: string, email: string, pattern: RegExp): Promise<string | undefined> {
  const letters = await lettersTo(origin, email)
  return letters.map(({ body }) => pattern.exec(body)?.[1]).find(Boolean)
}

/** Waits for a letter to this address that matches the pattern. Letters are sent by a timer. */
async function readLetter(origin: string, email: string, pattern: RegExp): Promise<string> {
  const read = () => find(origin, email, pattern)
  await expect.poll(read, { ...PATIENCE, message: `a letter to ${email}` }).toBeDefined()
  return (await read())!
}

/** The code in a letter. */
export const readCode = (origin: string, email: string) => readLetter(origin, email, /^\D*\b(\d{6,8})\b/mu)

/** The address in an invitation, behind the network of the test as every page. */
export async function readInvitation(origin: string, email: string): Promise<string> {
  const { pathname, hash } = new URL(await readLetter(origin, email, /^(http\S+\/equipo\/invitacion#\S+)$/mu))
  return origin + pathname + hash
}

/** The page where the owner of an address confirms it. */
export const readMailPage = (origin: string, email: string) =>
  readLetter(origin, email, /^(http\S+\/correo#\S+)$/mu)
