/** The list with the item at `place` moved by so many places; unchanged where that leads out of it. */
export function moveItem<T>(items: readonly T[], place: number, by: number): T[] {
  const next = [...items]
  const target = place + by
  if (target < 0 || target >= items.length) return next
  next.splice(target, 0, ...next.splice(place, 1))
  return next
}
