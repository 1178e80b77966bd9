type Sharer = Partial<Pick<Navigator, 'share' | 'clipboard'>>

/**
 * Opens the share sheet if the phone has one, otherwise copies the link. Returns null when the person closed the
 * share sheet, `failed` when they must copy the link by hand.
 */
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
