/** Keyboard control of a combobox with a listbox (WAI-ARIA Authoring Practices). */
import { computed, nextTick, ref, type Ref } from 'vue'

export interface ListboxOption {
  value: string
  isDisabled?: boolean
}

interface Listbox<T> {
  options: Readonly<Ref<readonly T[]>>
  listId: string
  choose(option: T): void
  /** Called for Escape while the list is closed. */
  clear(): void
}

/** The index of the next or previous option, cyclic; −1 without options. */
const neighbour = (index: number, step: 1 | -1, length: number): number =>
  length === 0 ? -1 : ((index < 0 && step < 0 ? 0 : index) + step + length) % length

async function reveal(id: string): Promise<void> {
  await nextTick()
  document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
}

/**
 * The state and the handlers of a listbox. Up and down move through the options cyclically, Enter chooses, Escape
 * closes and then clears, Tab closes. A disabled option can be reached, so that its reason is read, but not chosen.
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

  /** Enter in an open list never submits the form. Without an active option it chooses the only option. */
  function enter() {
    const only = options.value.length === 1 ? options.value[0] : undefined
    const option = options.value[active.value] ?? only
    if (option) pick(option)
  }

  function keydown(event: KeyboardEvent) {
    if (event.isComposing || (event.key === 'Enter' && !isListed.value)) return
    if (event.key === 'Tab') return close()
    const actions = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: enter,
      Escape: isListed.value ? close : clear,
    }
    if (!Object.hasOwn(actions, event.key)) return
    event.preventDefault()
    actions[event.key as keyof typeof actions]()
  }

  return { isOpen, isListed, active, optionId, open, close, pick, keydown }
}
