/** The documents being edited: which one is open, and every change to their list with the focus and the way back. */
import { computed, ref } from 'vue'
import { focusField, keepFocus } from '@/staff/studio/focusField'
import { type InsumosData, moveItem, newInsumo, type OfFile } from './insumos'
import { useUndo } from './useUndo'
import { t } from './words'

function useItems(data: () => Partial<InsumosData>, touch: () => void) {
  const items = computed(() => data().items ?? [])
  const openId = ref<string | null>(null)
  const said = ref('')
  const placeOf = (id: string) => items.value.findIndex((item) => item.id === id)

  function change(next: InsumosData['items']): void {
    data().items = next
    touch()
  }
  function open(id: string, field = '-title'): void {
    openId.value = id
    void focusField(`insumo-${id}${field}`)
  }
  function close(): void {
    const id = openId.value
    openId.value = null
    if (id) void focusField(`row-${id}`)
  }
  return { items, openId, said, placeOf, change, open, close }
}

export function useInsumos(data: () => Partial<InsumosData>, touch: () => void) {
  const { items, openId, said, placeOf, change, open, close } = useItems(data, touch)
  const { last, offer, undo } = useUndo()
  const numbered = (at: number) => t('insumo.name', { place: String(at + 1) })

  function add(file?: OfFile, title = ''): void {
    const item = newInsumo(file, title)
    change([...items.value, item])
    open(item.id)
  }
  function put(id: string, to: number): void {
    const name = numbered(placeOf(id))
    const isMoved = to >= 0 && to <= items.value.length
    if (isMoved) void keepFocus(() => change(moveItem(items.value, placeOf(id), to)))
    const place = String(placeOf(id) + 1)
    said.value = t(isMoved ? 'said.moved' : 'said.edge', { name, place, count: String(items.value.length) })
  }
  const move = (id: string, step: -1 | 1) => put(id, placeOf(id) + (step < 0 ? -1 : 2))
  const drop = (id: string, before: string | null) =>
    put(id, before === null ? items.value.length : placeOf(before))

  function remove(id: string): void {
    const at = placeOf(id)
    const item = items.value[at]!
    change(items.value.filter((one) => one !== item))
    offer(t('said.removed', { name: item.title || numbered(at) }), () => {
      change([...items.value.slice(0, at), item, ...items.value.slice(at)])
      said.value = t('said.restored')
      void focusField(`row-${id}`)
    })
  }
  return { items, openId, said, last, undo, open, close, add, move, drop, remove }
}

export type InsumosEditing = ReturnType<typeof useInsumos>
