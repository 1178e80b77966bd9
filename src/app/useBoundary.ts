/** Handles unexpected errors: `BrokenPage` replaces a screen that cannot render; any other error shows a notice. */
import { onErrorCaptured, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { isReloading } from './lostChunks'

/** Vue names the place of an error in words in development, and by number in production (its error reference). */
const CANNOT_DRAW =
  /setup function|render function|component update|async component loader|#runtime-(0|1|13|15)$/u

/** `broken` is the error of a screen that cannot render, or null. `hasError`: another error happened. */
export function useBoundary() {
  const router = useRouter()
  const broken = shallowRef<unknown>(null)
  const hasError = shallowRef(false)

  onErrorCaptured((error, _, info) => {
    if (isReloading()) return false
    console.error(error)
    if (CANNOT_DRAW.test(info)) broken.value = error
    else hasError.value = true
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

  /** Opens or renders the failed screen again. */
  function retry(): void {
    broken.value = null
    if (failedPath) void router.push(failedPath)
    failedPath = null
  }
  return { broken, hasError, retry }
}
