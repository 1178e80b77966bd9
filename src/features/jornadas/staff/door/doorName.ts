/** How this phone's door is called, which two phones that noted the same person tell apart by. It is the phone's, not a member's. */
const KEPT = 'convoca.door'
const MAX = 40

/** Easy to tell apart when read aloud. */
const SIGNS = 'ACEFHJKLMNPRTUVWXY347'

const newName = () =>
  `Teléfono ${[...crypto.getRandomValues(new Uint8Array(2))].map((byte) => SIGNS[byte % SIGNS.length]).join('')}`

let inMemory: string | null = null

/** The name of this door; a short one of its own until somebody names it. */
export function readDoorName(): string {
  try {
    inMemory = localStorage.getItem(KEPT) ?? inMemory
  } catch {
    // a private window keeps nothing
  }
  return inMemory ?? nameDoor('')
}

/** Names this door, up to 40 characters, and answers the name; without words it gets a short one. */
export function nameDoor(words: string): string {
  inMemory = [...words.replaceAll(/\s+/gu, ' ').trim()].slice(0, MAX).join('') || newName()
  try {
    localStorage.setItem(KEPT, inMemory)
  } catch {
    // a private window keeps nothing
  }
  return inMemory
}
