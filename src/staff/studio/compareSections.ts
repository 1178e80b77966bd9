/** Two versions of one section, line by line, in its own words. */
import words from '@/i18n/es-MX/studio.json'
import { translator } from '@/i18n/translator'
import type { ChangeRow } from '../conflict/changes'
import type { SectionData, StudioSection } from './section'

const t = translator(words)
const NONE = '—'

/** Only the lines that read otherwise in `after`. */
export function compareSections(
  section: StudioSection,
  before: SectionData,
  after: SectionData,
): ChangeRow[] {
  const now = section.linesOf(after)
  const was = section.linesOf(before)
  const labels = [...new Set([...was, ...now].map(({ label }) => label))]
  return labels.flatMap((label) => {
    const [one, other] = [was, now].map((lines) => lines.find((line) => line.label === label))
    const row = { label, before: one?.value ?? NONE, after: other?.value ?? NONE }
    if (row.before !== row.after) return [row]
    return one?.source === other?.source ? [] : [{ ...row, after: t('conflict.format', { text: row.after }) }]
  })
}
