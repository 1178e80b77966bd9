/**
 * The video that another app shares with this one (Web Share Target). The worker writes the form that brings it to the
 * origin's private file system before the page opens: by streaming, so that a gigabyte takes no memory.
 */

/** The page that says what came, and the address that takes it. */
export const SHARE_PATH = '/compartir'
/** The file of the form. The next share takes its place. */
const NAME = 'compartido'
const A_DAY_MS = 24 * 60 * 60_000

const folder = () => navigator.storage.getDirectory()

/** Keeps the form as it came. Rejects without space; what was kept before stays then. */
export async function keepShared({ body }: Request): Promise<void> {
  const kept = await (await folder()).getFileHandle(NAME, { create: true })
  await body!.pipeTo(await kept.createWritable())
}

/** The kept form. Rejects when there is none. */
export const sharedForm = async (): Promise<File> =>
  await (await (await folder()).getFileHandle(NAME)).getFile()

/** Deletes it. Rejects when there is none. */
export const dropShared = async (): Promise<void> => await (await folder()).removeEntry(NAME)

/** Deletes what nobody used for a day. Rejects when there is none. */
export async function sweepShared(now: number): Promise<void> {
  if ((await sharedForm()).lastModified < now - A_DAY_MS) await dropShared()
}
