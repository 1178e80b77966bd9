/**
 * Which of the files that not every phone has stay on a phone of staff once a page loaded them: the staff's own, and those of the
 * scanner, of pages that need signal, of likeness and of videos, which the staff's need. `scripts/budgets.ts` checks that
 * none of them needs a file that nobody keeps: without signal the desk would not open.
 */
const NAME = /\/assets\/(staff|codes|likeness|online|video)-[^/?]+\.(js|css)$/u

/** Whether this address, or path from the root, is of such a file. */
export const isStaffFile = (address: string): boolean => NAME.test(address)
