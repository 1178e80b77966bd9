/** Storage failures of a phone at one call: quota exceeded, connection lost, connection closed. */
export const BREAKAGES = ['quota', 'unknown', 'closed'] as const
export type Breakage = (typeof BREAKAGES)[number]

export const ERRORS: Record<Breakage, () => Error> = {
  quota: () => new DOMException('The quota has been exceeded.', 'QuotaExceededError'),
  unknown: () => new DOMException('Connection to Indexed Database server lost.', 'UnknownError'),
  closed: () => new DOMException('The database connection is closing.', 'InvalidStateError'),
}
