/** Keeps the current one of a row of links in sight, where the row scrolls sideways. `scrollIntoView` would move the page too. */
import { onMounted, onUpdated, type Ref } from 'vue'

export function useCurrentInSight(row: Readonly<Ref<HTMLElement | null>>): void {
  function show(): void {
    const here = row.value?.querySelector<HTMLElement>('[aria-current]')
    if (row.value && here)
      row.value.scrollLeft = here.offsetLeft - (row.value.clientWidth - here.offsetWidth) / 2
  }
  onMounted(show)
  onUpdated(show)
}
