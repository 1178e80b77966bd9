/**
 * The last import whose files may not all have arrived. It outlives the tab, so that choosing the same file again on this
 * device continues that draft. It holds ids alone.
 */
const PLACE = 'campaign-import'

export interface UnfinishedImport {
  /** Of the file that was imported. */
  signature: string
  /** The draft. */
  id: string
  /** The id here of each file by its id in the campaign's file. */
  files: Record<string, string>
}

const read = (): UnfinishedImport | null => {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? 'null') as UnfinishedImport | null
  } catch {
    return null
  }
}

export const rememberImport = (one: UnfinishedImport): void =>
  localStorage.setItem(PLACE, JSON.stringify(one))

/** The import of this file, while its draft is among `drafts`. */
export function unfinishedImport(
  signature: string,
  drafts: readonly { id: string }[],
): UnfinishedImport | null {
  const found = read()
  return found?.signature === signature && drafts.some(({ id }) => id === found.id) ? found : null
}

/** All files of this draft arrived. */
export function forgetImport(id: string): void {
  if (read()?.id === id) localStorage.removeItem(PLACE)
}
