/**
 * Folios, such as `PR-2026-000042-7`, which people read aloud. The last digit is Damm's check digit over year and number
 * (H. M. Damm, 2004): it detects every wrong digit and every swap of two neighbours.
 */

const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
].map((row) => [...row].map(Number))

/** The check digit of a string of decimal digits. */
export const dammDigit = (digits: string): number =>
  [...digits].reduce((interim, digit) => DAMM[interim]![Number(digit)]!, 0)

/**
 * The typed folio in the server's format, or null when its check digit or format is wrong. Case, spaces and full stops
 * do not matter. Any two letters may lead it, because a kind of campaign of a newer version has its own.
 */
export function parseFolio(typed: string): string | null {
  const match = /^([A-Z]{2})-?(\d{4})-?(\d{6,})-?(\d)$/u.exec(typed.toUpperCase().replace(/[\s.]/gu, ''))
  if (!match) return null
  const [, prefix, year, number, check] = match
  return dammDigit(`${year}${number}`) === Number(check) ? `${prefix}-${year}-${number}-${check}` : null
}
