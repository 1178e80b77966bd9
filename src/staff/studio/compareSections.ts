/** Two versions of one section, line by line, in its own words. */
import type { ChangeRow } from '../conflict/changes'
import type { SectionData, StudioSection } from './section'

/** Only the lines that read otherwise in `after`. */
export function compareSections(
  section: StudioSection,
  before: SectionData,
  after: SectionData,
): ChangeRow[] {
  const now = section.linesOf(after)
  const was = section.linesOf(before)
  const labels = [...new Set([...was, ...now].map(({ label }) => label))]
  const valueIn = (lines: typeof was, label: string) =>
    lines.find((line) => line.label === label)?.value ?? '—'
  return labels
    .map((label) => ({ label, before: valueIn(was, label), after: valueIn(now, label) }))
    .filter((row) => row.before !== row.after)
}
