/** Gives a pasted part the id and number of the part that says the same, so that what people cite stays what it was. */
import type { Strategy, StrategyPart } from '../strategy'

type Sameness = (part: StrategyPart) => string

/** From the surest to the weakest. */
const SAMENESS: readonly Sameness[] = [
  ({ kind, title, body }) => JSON.stringify([kind, title.trim(), body.trim()]),
  ({ kind, title }) => (kind === 'action' ? JSON.stringify([kind, title.trim().toLowerCase()]) : ''),
  ({ kind, number }) => (kind === 'action' ? number : ''),
]

/** `pasted` with the ids, numbers and areas of those parts of `current` that it repeats. Each is taken once. */
export function keepIds(pasted: Strategy, current: Partial<Strategy>): Strategy {
  const kept = new Map<StrategyPart, StrategyPart>()
  const free = new Set(current.parts)
  for (const sameness of SAMENESS)
    for (const part of pasted.parts) {
      const key = sameness(part)
      if (!key || kept.has(part)) continue
      const known = [...free].find((one) => sameness(one) === key)
      if (!known) continue
      kept.set(part, known)
      free.delete(known)
    }
  const parts = pasted.parts.map((part) => {
    const known = kept.get(part)
    if (!known) return part
    return { ...part, id: known.id, number: known.number, answered_by: part.answered_by ?? known.answered_by }
  })
  const topics = new Map<string, string>() // a topic of the same title stays the same row
  for (const { id, title } of pasted.topics) {
    const known = current.topics?.find((one) => one.title.trim() === title)
    if (known && ![...topics.values()].includes(known.id)) topics.set(id, known.id)
  }
  return {
    topics: pasted.topics.map((topic) => ({ ...topic, id: topics.get(topic.id) ?? topic.id })),
    parts: parts.map((part) => ({ ...part, topic_id: topics.get(part.topic_id) ?? part.topic_id })),
  }
}
