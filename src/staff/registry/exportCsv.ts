/** The registry as a CSV file that spreadsheets open and that `readTable` reads back. */
import type { RegistryBody } from '@/domain/registry'
import { csvOf } from '../../../supabase/functions/_shared/files/safeCsv'
import { FIELDS, NAMES } from './reader/columns'

/** Merged bodies are left out. */
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
  return csvOf([header, ...rows])
}
