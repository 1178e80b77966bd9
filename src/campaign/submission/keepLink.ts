/** The share sheet where the phone has one, the clipboard otherwise. */
type Sharer = Partial<Pick<Navigator, 'share' | 'clipboard'>>

/** Null when the person closed the share sheet; `failed` when the link must be copied by hand. */
export async function keepLink(
  url: string,
  title: string,
  sharer: Sharer = navigator,
): Promise<'shared' | 'copied' | 'failed' | null> {
  try {
    if (!sharer.share) {
      await sharer.clipboard?.writeText(url)
      return sharer.clipboard ? 'copied' : 'failed'
    }
    await sharer.share({ title, url })
    return 'shared'
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? null : 'failed'
  }
}
