/** Keeps the code of these pages once they were opened, so that their last answers are read without signal too. */
import { keepCode, loadedFiles } from '@/media/keptCode'

/** Theirs, and the comparison of words. */
const isOurs = (url: string) => /\/assets\/(online|staff-diff)-[^/?]+\.(js|css)$/u.test(url)

export async function keepPages(): Promise<void> {
  try {
    await keepCode('online', loadedFiles(isOurs))
  } catch {
    // no space, no connection or no Cache API: the pages open with signal
  }
}
