/** The strategy of a consultation as its editors write it, and the same as rows in the order of the document. */

export interface StrategyTopic {
  id: string
  title: string
}

export interface StrategyPart {
  id: string
  topic_id: string
  kind: 'action' | 'paragraph'
  /** By which people cite it; fixed once it is public. */
  number: string
  title: string
  body: string
  /** The area that answers for an action. */
  answered_by: string | null
}

/** The content of the section `estrategia`. The parts of a topic are in their order among all parts. */
export interface Strategy {
  topics: StrategyTopic[]
  parts: StrategyPart[]
}

/** A line of the document: a topic, or a part of the topic above it. */
export type Row = { id: string; topic: StrategyTopic } | { id: string; part: StrategyPart }

/** The document from top to bottom. A draft may lack either list. */
export const rowsOf = ({ topics = [], parts = [] }: Partial<Strategy>): Row[] =>
  topics.flatMap((topic): Row[] => [
    { id: topic.id, topic },
    ...parts.filter(({ topic_id }) => topic_id === topic.id).map((part) => ({ id: part.id, part })),
  ])

/** The strategy that these rows say: each part belongs to the topic above it. The first row must be a topic. */
export function strategyOf(rows: readonly Row[]): Strategy {
  const strategy: Strategy = { topics: [], parts: [] }
  let topic_id = ''
  for (const row of rows) {
    if ('topic' in row) {
      strategy.topics.push(row.topic)
      topic_id = row.id
    } else strategy.parts.push(row.part.topic_id === topic_id ? row.part : { ...row.part, topic_id })
  }
  return strategy
}

/** A part with a new id. Its topic is decided by its place among the rows, its number by `renumber`. */
export function newPart(part: Partial<StrategyPart> & Pick<StrategyPart, 'kind'>): Row & {
  part: StrategyPart
} {
  const id = crypto.randomUUID()
  return { id, part: { topic_id: '', number: '', title: '', body: '', answered_by: null, ...part, id } }
}

export function newTopic(title: string): Row & { topic: StrategyTopic } {
  const id = crypto.randomUUID()
  return { id, topic: { id, title } }
}

/** Whether an action says all that publishing asks of it. */
export const isComplete = ({ title, body, answered_by }: StrategyPart): boolean =>
  [title, body, answered_by].every((text) => !!text?.trim())
