/** How a phone's storage fails at one call: full, lost behind a locked screen, closed under the app. */
export const BREAKAGES = ['quota', 'unknown', 'closed'] as const
export type Breakage = (typeof BREAKAGES)[number]

export const ERRORS: Record<Breakage, () => Error> = {
  quota: () => new DOMException('The quota has been exceeded.', 'QuotaExceededError'),
  unknown: () => new DOMException('Connection to Indexed Database server lost.', 'UnknownError'),
  closed: () => new DOMException('The database connection is closing.', 'InvalidStateError'),
}
