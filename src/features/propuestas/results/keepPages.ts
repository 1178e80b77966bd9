/** Keeps the code of these pages once they were opened, so that their last answers are read without signal too. */
import { keepCode } from '@/media/keptCode'

/** Theirs, and the comparison of words. */
const IS_OURS = /\/assets\/(online|staff-diff)-[^/?]+\.(js|css)$/u

export async function keepPages(): Promise<void> {
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  try {
    await keepCode('online', new Set(fetched.filter((url) => IS_OURS.test(url))))
  } catch {
    // no space, no connection or no Cache API: the pages open with signal
  }
}
