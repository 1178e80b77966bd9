/** Plain words for what the studio says of a section, and for every refusal. */
import words from './es-MX/problems.json'
import { refusalText } from './refusals'

const known: Readonly<Record<string, string>> = words

export const problemText = (code: string): string => known[code] ?? refusalText(code)
