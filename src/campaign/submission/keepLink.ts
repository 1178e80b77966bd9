type Sharer = Partial<Pick<Navigator, 'share'>>

/** Opens the phone's share sheet with a link. Null when the person closed it, `failed` when it could not be opened. */
export async function keepLink(
  link: { url: string; title: string; text: string },
  sharer: Sharer = navigator,
): Promise<'shared' | 'failed' | null> {
  try {
    if (!sharer.share) return 'failed'
    await sharer.share(link)
    return 'shared'
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? null : 'failed'
  }
}
