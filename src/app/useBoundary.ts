/** What happens to errors nobody expected: a screen that cannot be drawn is replaced, the rest is a quiet word. */
import { onErrorCaptured, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { isReloading } from './lostChunks'

/** Vue says where it happened in words when developing and by number in production (its error reference). */
const CANNOT_DRAW =
  /setup function|render function|component update|async component loader|#runtime-(0|1|13|15)$/u

export function useBoundary() {
  const router = useRouter()
  const broken = shallowRef<unknown>(null)
  const slipped = shallowRef(false)

  onErrorCaptured((error, _, info) => {
    if (isReloading()) return false
    console.error(error)
    if (CANNOT_DRAW.test(info)) broken.value = error
    else slipped.value = true
    return false
  })
  let failedPath: string | null = null
  router.onError((error, to) => {
    if (isReloading()) return
    failedPath = to.fullPath
    broken.value = error
  })
  router.afterEach((to, from) => {
    if (to.path !== from.path) broken.value = null
  })

  /** Tries the screen again: the one that failed to open, or the one that failed to draw. */
  function retry(): void {
    broken.value = null
    if (failedPath) void router.push(failedPath)
    failedPath = null
  }
  return { broken, slipped, retry }
}
