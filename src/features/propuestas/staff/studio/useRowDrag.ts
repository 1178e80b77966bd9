/** Drags a row of a list by its handle, with a finger, a pen or a mouse. The keyboard and the buttons do the same. */
import { ref, type Ref } from 'vue'

/** How near to an edge of the screen the list scrolls, in CSS pixels, and by how much at each move. */
const EDGE_PX = 56
const SCROLL_PX = 18

function scrollNear(list: HTMLElement, y: number): void {
  const scroller = list.closest<HTMLElement>('.studio-main')
  const isInside = !!scroller && scroller.scrollHeight > scroller.clientHeight
  const { top, bottom } = isInside ? scroller.getBoundingClientRect() : { top: 0, bottom: innerHeight }
  const by = y < top + EDGE_PX ? -SCROLL_PX : y > bottom - EDGE_PX ? SCROLL_PX : 0
  if (by) (isInside ? scroller : window).scrollBy(0, by)
}

/**
 * `list`: its children are the rows, with their id in `data-row`. `drop` is told the row and the one before which it was
 * dropped, null at the end. `target` is that row while something is dragged, undefined otherwise.
 */
export function useRowDrag(
  list: Readonly<Ref<HTMLElement | null>>,
  drop: (id: string, before: string | null) => void,
) {
  const dragged = ref<string | null>(null)
  const target = ref<string | null | undefined>()

  function rowBelow(y: number): string | null {
    const rows = [...(list.value?.children ?? [])] as HTMLElement[]
    const below = rows.find((row) => {
      const { top, height } = row.getBoundingClientRect()
      return y < top + height / 2
    })
    return below?.dataset['row'] ?? null
  }
  function start(id: string, event: PointerEvent): void {
    if (event.button !== 0) return
    event.preventDefault()
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    dragged.value = id
  }
  function follow({ clientY }: PointerEvent): void {
    if (!dragged.value || !list.value) return
    scrollNear(list.value, clientY)
    target.value = rowBelow(clientY)
  }
  function cancel(): void {
    dragged.value = null
    target.value = undefined
  }
  function end(): void {
    const [id, before] = [dragged.value, target.value]
    cancel()
    if (id && before !== undefined) drop(id, before)
  }
  return { dragged, target, start, follow, end, cancel }
}

export type RowDrag = ReturnType<typeof useRowDrag>
