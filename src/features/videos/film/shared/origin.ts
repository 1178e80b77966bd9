/** What is left of a file where it came from goes once the file is kept as a video. */
const ends = new WeakMap<Blob, () => Promise<void>>()

export const whenKept = (file: Blob, end: () => Promise<void>): void => void ends.set(file, end)

/** Never rejects: what stays is swept later. */
export const endOrigin = async (file: Blob): Promise<void> =>
  await ends
    .get(file)?.()
    .catch(() => undefined)
