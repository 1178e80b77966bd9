/** A strategy being edited: which row is open, and every change to its rows with the focus, the words and the way back. */
import { computed, ref } from 'vue'
import * as edit from './editRows'
import { cursorIn, focusField, keepFocus } from '@/staff/studio/focusField'
import { renumber } from './numbering'
import { keepIds } from './paste/keepIds'
import { newPart, newTopic, rowsOf, strategyOf, type Row, type Strategy, type StrategyPart } from './strategy'
import { useUndo } from './useUndo'
import { allCounts, nameOf, t } from './words'

export interface StrategySource {
  /** The content, edited in place. */
  data(): Partial<Strategy>
  /** The parts as they are public; null of a draft. */
  published(): readonly StrategyPart[] | null
  touch(): void
}

/** The rows, the open one, and the words for those who listen. */
function useRows({ data, published, touch }: StrategySource) {
  const rows = computed(() => rowsOf(data()))
  const openId = ref<string | null>(null)
  const said = ref('')

  /** Null changes nothing. */
  function change(next: readonly Row[] | null): boolean {
    if (next) {
      Object.assign(data(), strategyOf(renumber(next, published())))
      touch()
    }
    return !!next
  }
  /** Opens a row with the focus in one of its fields. */
  function open(id: string, field = '', cursor?: number): void {
    const row = rows.value.find((one) => one.id === id)
    if (!row) return
    openId.value = id
    void focusField(`${'topic' in row ? 'topic' : 'part'}-${id}${field}`, cursor)
  }
  function close(): void {
    const id = openId.value
    openId.value = null
    if (id) void focusField(`row-${id}`)
  }
  const rowOf = (id: string) => rows.value.find((row) => row.id === id)!
  const isFixed = (id: string) => !!published()?.some((part) => part.id === id)
  return { rows, openId, said, change, open, close, rowOf, isFixed }
}

type Rows = ReturnType<typeof useRows>

function useMoves({ rows, said, change, rowOf }: Rows) {
  function say(id: string, isMoved: boolean): void {
    const place = String(rows.value.findIndex((row) => row.id === id) + 1)
    const params = { name: nameOf(rowOf(id)), place, count: String(rows.value.length) }
    said.value = t(isMoved ? 'said.moved' : 'said.edge', params)
  }
  const move = (id: string, step: -1 | 1) => keepFocus(() => say(id, change(edit.move(rows.value, id, step))))
  const drop = (id: string, before: string | null) =>
    keepFocus(() => say(id, change(edit.moveBefore(rows.value, id, before))))
  return { move, drop }
}

function useWriting({ rows, openId, said, change, open }: Rows) {
  function add({ rows: next, id }: edit.Added, field = ''): void {
    change(next)
    open(id, field)
  }
  /** Every part belongs to a topic: the first one brings it. */
  const withTopic = () => (rows.value.length > 0 ? rows.value : [newTopic(t('strategy.untitled'))])
  const addAction = () => add(edit.addAction(withTopic(), openId.value), '-title')
  const addTopic = () => add(edit.addBelow(rows.value, newTopic(''), null))
  const addParagraph = (id: string) => add(edit.addBelow(rows.value, newPart({ kind: 'paragraph' }), id))

  function split(id: string): void {
    const cut = edit.split(rows.value, id, cursorIn(`part-${id}`) ?? Infinity)
    if (!cut) return
    change(cut.rows)
    said.value = t('said.split')
    open(cut.id, '', 0)
  }
  function join(id: string): void {
    const joined = edit.join(rows.value, id)
    said.value = t(joined ? 'said.joined' : 'said.join_none')
    if (!joined) return
    change(joined.rows)
    open(id, '', joined.offset)
  }
  const canJoin = (id: string) => !!edit.nextParagraph(rows.value, id)
  return { addAction, addTopic, addParagraph, split, join, canJoin }
}

/** What takes something away, with the way back. */
function useRemoving({ rows, openId, said, change, rowOf }: Rows, { data, touch }: StrategySource) {
  const { last, offer, undo } = useUndo()

  function remove(id: string): void {
    const row = rowOf(id)
    const { rows: left, restore } = edit.remove(rows.value, id)
    const words =
      'topic' in row
        ? t('said.removed_topic', { title: row.topic.title })
        : t('said.removed', { name: nameOf(row) })
    if (openId.value === id) openId.value = null
    change(left)
    offer(words, () => {
      change(restore(rows.value))
      said.value = t('said.restored')
      void focusField(`row-${id}`)
    })
  }
  /** Puts a pasted strategy in the place of this one, or after it. */
  function paste(pasted: Strategy, isReplacing: boolean): void {
    const { topics = [], parts = [] } = data()
    openId.value = null
    change(rowsOf(isReplacing ? keepIds(pasted, { topics, parts }) : joinedTo({ topics, parts }, pasted)))
    offer(t('said.pasted', { counts: allCounts(pasted) }), () => {
      Object.assign(data(), { topics, parts })
      touch()
      said.value = t('said.restored')
    })
  }
  return { last, undo, remove, paste }
}

const joinedTo = (first: Strategy, second: Strategy): Strategy => ({
  topics: [...first.topics, ...second.topics],
  parts: [...first.parts, ...second.parts],
})

export function useStrategy(source: StrategySource) {
  const rows = useRows(source)
  return { ...rows, ...useMoves(rows), ...useWriting(rows), ...useRemoving(rows, source) }
}

export type StrategyEditing = ReturnType<typeof useStrategy>
