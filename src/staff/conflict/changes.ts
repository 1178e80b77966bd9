/** Two versions of one form: their differences in words, and a rebase of one onto the other. */

/** One changed line, in words. */
export interface ChangeRow {
  label: string
  before: string
  after: string
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

interface Item {
  id: string
}

const isList = (value: unknown): value is Item[] =>
  Array.isArray(value) && value.every((item: Partial<Item> | null) => typeof item?.id === 'string')

const idsIn = (list: readonly Item[], among: ReadonlyMap<string, Item>) =>
  list.map(({ id }) => id).filter((id) => among.has(id))

/** An item of either list as it goes on; undefined for one that is gone. What one removed and the other changed stays. */
function rebaseItem(mine?: Item, was?: Item, is?: Item): Item | undefined {
  if (mine && was && is) return rebaseForm(mine, was, is)
  if (!was) return mine ?? is
  const left = mine ?? is
  return left && !isSame(left, was) ? left : undefined
}

/** A list of items with ids, item by item. The order is mine where I moved something, theirs otherwise. */
function rebaseList(mine: readonly Item[], was: readonly Item[], is: readonly Item[]): Item[] {
  const [mineOf, wasOf, isOf] = [mine, was, is].map((list) => new Map(list.map((item) => [item.id, item])))
  const isMoved = !isSame(idsIn(mine, wasOf!), idsIn(was, mineOf!))
  const [first, second] = isMoved ? [mine, is] : [is, mine]
  const order = first.map(({ id }) => id)
  second.forEach(({ id }, at) => {
    if (order.includes(id)) return
    order.splice(at === 0 ? 0 : order.indexOf(second[at - 1]!.id) + 1, 0, id) // it follows the same one as there
  })
  return order.flatMap((id) => rebaseItem(mineOf!.get(id), wasOf!.get(id), isOf!.get(id)) ?? [])
}

/**
 * What was changed in `form` over `was`, put over `is`: what only somebody else changed meanwhile stays theirs. Lists
 * whose items have ids are put together item by item.
 */
export function rebaseForm<F extends object>(form: F, was: F, is: F): F {
  const over = (Object.keys(is) as (keyof F)[]).flatMap((key): [keyof F, unknown][] => {
    const [mine, before, theirs] = [form[key], was[key], is[key]]
    if (isSame(mine, before)) return [[key, theirs]]
    if (isList(mine) && isList(before) && isList(theirs)) return [[key, rebaseList(mine, before, theirs)]]
    return []
  })
  return { ...form, ...(Object.fromEntries(over) as Partial<F>) }
}
