/** The key of a new pillar: it never changes, so that videos keep their pillar when its name does. */

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** Eight random letters that no other pillar has, after `p_`. The alphabet of `app.pillars.key`. */
export function pillarKey(others: readonly { key: string }[]): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  const key = `p_${[...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`
  return others.some((one) => one.key === key) ? pillarKey(others) : key
}
