/** Searches the parts of a strategy. A part matches when its number, title, topic or text contain every typed word. */
import { plainOf } from '@/domain/formattedText'
import type { Convocatoria, Part } from '@/domain/rows'
import { plain } from '@/domain/spelling'
import { excerpt } from '@/domain/text'
import { partLabel } from './describe'

const EXCERPT = 110

export interface PartGroup {
  id: string
  title: string
  options: { value: string; label: string; hint: string }[]
}

/** The matching parts by topic, regardless of accents, without empty topics. An empty search matches all parts. */
export function groupParts(
  { topics, parts }: Pick<Convocatoria, 'topics' | 'parts'>,
  search: string,
): PartGroup[] {
  const words = plain(search).split(/\s+/u).filter(Boolean)
  const holds = (part: Part, topic: string) => {
    const text = plain(`${partLabel(part)} ${topic} ${plainOf(part.body)}`)
    return words.every((word) => text.includes(word))
  }
  return topics
    .map((topic) => ({
      id: topic.id,
      title: topic.title,
      options: parts
        .filter((part) => part.topic_id === topic.id && holds(part, topic.title))
        .map((part) => ({
          value: part.id,
          label: partLabel(part),
          hint: excerpt(plainOf(part.body), EXCERPT),
        })),
    }))
    .filter((group) => group.options.length > 0)
}
