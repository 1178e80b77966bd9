/** A pasted document in the shape of formatted texts: whatever the grammar lacks becomes words. */
import { blocksOfText, type TextBlock, type TextItem, type TextList } from '@/domain/formattedText'
import type { Block, ListPlace } from './blocks'
import { blocksFrom, type Copied } from './copied'
import { looksMarkdown } from './markdown'

const newList = ({ ordered, start }: ListPlace, item: TextItem): TextList => ({
  ordered,
  start,
  items: [item],
})

/** Puts an item where its depth says: deeper than the first level is the second. */
function addItem(blocks: TextBlock[], place: ListPlace, item: TextItem): void {
  const last = blocks.at(-1)
  const parent = last?.type === 'list' ? last.items.at(-1) : undefined
  if (parent && place.depth > 1) {
    if (parent.list) parent.list.items.push(item)
    else parent.list = newList(place, item)
  } else if (last?.type === 'list' && last.ordered === place.ordered) last.items.push(item)
  else blocks.push({ type: 'list', ...newList(place, item) })
}

/** The highest heading of what was pasted is a heading of the first level, every other one of the second. */
export function textBlocksOf(pasted: readonly Block[]): TextBlock[] {
  const highest = Math.min(...pasted.flatMap(({ level }) => level ?? []))
  const blocks: TextBlock[] = []
  for (const { level, runs, list } of pasted)
    if (level !== null) blocks.push({ type: 'heading', level: level === highest ? 1 : 2, line: runs })
    else if (list) addItem(blocks, list, { lines: [runs], list: null })
    else blocks.push({ type: 'paragraph', lines: [runs] })
  return blocks
}

/** Plain words stay as they are: only what has styles or is written in Markdown is read. */
export async function pastedText(copied: Copied): Promise<TextBlock[]> {
  if (!copied.html.trim() && !looksMarkdown(copied.text)) return blocksOfText(copied.text.trimStart())
  return textBlocksOf(await blocksFrom(copied))
}
