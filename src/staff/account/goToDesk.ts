import type { Router } from 'vue-router'

/**
 * Opens the page that asked for the session, or the queue. Accepts only addresses of the desk, so that a crafted link
 * cannot redirect a member to another site.
 */
export const goToDesk = (router: Router, wanted: unknown) => {
  const isOurs = typeof wanted === 'string' && wanted.startsWith('/equipo/')
  return router.replace(isOurs ? wanted : { name: 'staff-queue' })
}
