/** A shared page names its own address (`npm run share:pages`), which browsers share in place of the one that is shown. */
import type { Router } from 'vue-router'

/** Takes that address out of the document with the first navigation after the page that it is of. */
export const forgetSharedAddress = (router: Router) =>
  router.afterEach((_, from) => {
    if (from.matched[0]) document.querySelector('[rel=canonical]')?.remove()
  })
