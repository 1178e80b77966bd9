/** The keyboard of a combobox with a listbox, as WAI-ARIA's authoring practices describe it. */
import { computed, nextTick, ref, type Ref } from 'vue'

export interface ListboxOption {
  value: string
  isDisabled?: boolean
}

interface Listbox<T> {
  options: Readonly<Ref<readonly T[]>>
  listId: string
  choose(option: T): void
  /** Escape while the list is closed. */
  clear(): void
}

/** The option after or before, around the ends; −1 is none. */
const neighbour = (index: number, step: 1 | -1, length: number): number =>
  length === 0 ? -1 : ((index < 0 && step < 0 ? 0 : index) + step + length) % length

async function reveal(id: string): Promise<void> {
  await nextTick()
  document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
}

/**
 * Up and down move through the options and around, Enter chooses, Escape closes and then clears, Tab closes. A
 * disabled option is reached, so that its reason is read, and is never chosen.
 */
export function useListbox<T extends ListboxOption>({ options, listId, choose, clear }: Listbox<T>) {
  const isOpen = ref(false)
  const active = ref(-1)
  const isListed = computed(() => isOpen.value && options.value.length > 0)
  const optionId = (index: number) => `${listId}-${index}`

  function show(shown: boolean, index = -1) {
    isOpen.value = shown
    active.value = index
  }
  const open = () => show(true)
  const close = () => show(false)

  function pick(option: T) {
    if (option.isDisabled) return
    close()
    choose(option)
  }

  function move(step: 1 | -1) {
    show(true, neighbour(active.value, step, options.value.length))
    void reveal(optionId(active.value))
  }

  /** With an open list Enter never sends the form; without a marked option it takes the only one. */
  function enter() {
    const only = options.value.length === 1 ? options.value[0] : undefined
    const option = options.value[active.value] ?? only
    if (option) pick(option)
  }

  function keydown(event: KeyboardEvent) {
    if (event.isComposing || (event.key === 'Enter' && !isListed.value)) return
    if (event.key === 'Tab') return close()
    const act = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: enter,
      Escape: isListed.value ? close : clear,
    }
    if (!Object.hasOwn(act, event.key)) return
    event.preventDefault()
    act[event.key as keyof typeof act]()
  }

  return { isOpen, isListed, active, optionId, open, close, pick, keydown }
}
