/** Fetches the code of the video form on the page of an open call, so that somebody may film where there is no signal. */
import { onMounted, onScopeDispose } from 'vue'
import { afterFirstScreen } from '@/data/firstScreen'

/** Somebody who only looks in does not pay for it. */
const STAYED_MS = 5_000

/**
 * Fetches it once the person has stayed on the page for five seconds, while `wanted` holds and the phone does not save data;
 * `minors`: also the steps of those under 18.
 * Stops waiting with the component.
 */
export function useFormCode(wanted: () => boolean, minors: () => boolean): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop = () => {}
  let isGone = false

  async function fetchCode(): Promise<void> {
    if (!wanted()) return
    const [{ readNetwork }, { prepareToFilm }] = await Promise.all([
      import('@/media/network'),
      import('./filmCode'),
    ])
    if (isGone || readNetwork() === 'saving') return
    stop = prepareToFilm(false)
    if (minors()) await (await import('./minorsCode')).loadMinors()
  }
  onMounted(async () => {
    await afterFirstScreen()
    if (!isGone) timer = setTimeout(() => void fetchCode().catch(() => undefined), STAYED_MS)
  })
  onScopeDispose(() => {
    isGone = true
    clearTimeout(timer)
    stop()
  })
}
