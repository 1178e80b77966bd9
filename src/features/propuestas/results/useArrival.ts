/** Brings a piece into sight that the address names, once it is on the page. Call it in its setup. */
import { onMounted } from 'vue'

export function useArrival(id: string): void {
  onMounted(() => {
    if (location.hash === `#${id}`) document.getElementById(id)?.scrollIntoView()
  })
}
