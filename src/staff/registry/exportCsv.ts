/** The registry as a CSV file that spreadsheets open and that `readTable` reads back. */
import type { RegistryBody } from '@/domain/registry'
import { FIELDS, NAMES } from './reader/columns'

/** A spreadsheet calculates texts that begin so; an apostrophe in front keeps them texts. */
const harmless = (text: string) => (/^[=+\-@]/u.test(text) ? `'${text}` : text)
/** Also what would begin a note. */
const quoted = (text: string) => (/^#|[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** UTF-8 with a byte order mark, without which Excel reads another encoding. Merged bodies are left out. */
export function toCsv(
  bodies: readonly RegistryBody[],
  classNames: ReadonlyMap<string, string>,
  townNames: ReadonlyMap<string, string>,
): string {
  const rows = bodies
    .filter(({ merged_into }) => merged_into === null)
    .map((body) => [
      body.name,
      body.acronym ?? '',
      classNames.get(body.class_key) ?? body.class_key,
      body.municipality ? (townNames.get(body.municipality) ?? body.municipality) : '',
      body.active ? 'sí' : 'no',
      body.domains.join(' '),
    ])
  const header = FIELDS.map((field) => NAMES[field][0]!)
  return `\ufeff${[header, ...rows].map((row) => row.map(harmless).map(quoted).join(',')).join('\r\n')}\r\n`
}
