/**
 * How well groups agree with labels, from 0 to 1 (Rosenberg and Hirschberg, 2007): the harmonic mean of homogeneity (a group has
 * one label) and completeness (a label is in one group).
 */
function entropy(counts: Iterable<number>, total: number): number {
  let sum = 0
  for (const count of counts) sum -= (count / total) * Math.log(count / total)
  return sum
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** `labels` and `groups` of the same texts, in the same order. */
export function vMeasure(labels: readonly string[], groups: readonly string[]): number {
  const total = labels.length
  const together = entropy(countBy(labels.map((label, at) => `${label}\n${groups[at]}`)).values(), total)
  const ofLabels = entropy(countBy(labels).values(), total)
  const ofGroups = entropy(countBy(groups).values(), total)
  const homogeneity = ofLabels === 0 ? 1 : 1 - (together - ofGroups) / ofLabels
  const completeness = ofGroups === 0 ? 1 : 1 - (together - ofLabels) / ofGroups
  return homogeneity + completeness === 0
    ? 0
    : (2 * homogeneity * completeness) / (homogeneity + completeness)
}
