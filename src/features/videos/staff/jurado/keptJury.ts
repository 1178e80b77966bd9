/**
 * What a juror keeps to judge without signal: the list as it was last read, and the videos that they asked for, each with its file in
 * pieces. It stands in table `meta` under the prefix of the member's copy, so that signing out erases all of it.
 */
import { db } from '@/data/db'
import type { LiveQuery } from '@/data/queries'
import { asKeeper, KEPT_PREFIX } from '@/data/staff/keptItems'
import { asStorage } from '@/data/storageFault'
import type { JuryLine, JuryVideo } from '../../jury'

/** A video that this juror keeps. `whole`: all of its file is here. */
export interface KeptJuryVideo {
  video: JuryVideo
  whole: boolean
}

const listKey = (userId: string) => `${KEPT_PREFIX}${userId}:jury:list`
const videoKey = (userId: string, seat: string) => `${KEPT_PREFIX}${userId}:jury:video:${seat}`
const fileKey = (userId: string, seat: string) => `${KEPT_PREFIX}${userId}:jury:file:${seat}:`
/** Pieces stand in their order, each named by the byte at which it begins. */
const pieceKey = (userId: string, seat: string, from: number) =>
  fileKey(userId, seat) + String(from).padStart(12, '0')

const valueAt = async <T>(key: string) => ((await db.meta.get(key))?.value as T | undefined) ?? null

/** The list as last read; null before the first read. */
export const readKeptList = (userId: string) => valueAt<JuryLine[]>(listKey(userId))

/** The video of a seat; null where the juror keeps none. */
export const readKeptVideo = (userId: string, seat: string) => valueAt<KeptJuryVideo>(videoKey(userId, seat))

/** The same, followed. */
export const keptVideo = (userId: string, seat: string): LiveQuery<KeptJuryVideo | null> => ({
  tables: [db.meta],
  read: () => readKeptVideo(userId, seat),
})

/** The seats whose video can be watched without signal. */
export const keptSeats = (userId: string): LiveQuery<string[]> => ({
  tables: [db.meta],
  read: async () => {
    const rows = await db.meta.where('key').startsWith(videoKey(userId, '')).toArray()
    return rows
      .map(({ value }) => value as KeptJuryVideo)
      .flatMap(({ video, whole }) => (whole ? [video.id] : []))
  },
})

/** Keeps texts and facts of a video while that member is signed in; null once they are not. Faults: those of storage. */
export const putVideo = (userId: string, kept: KeptJuryVideo) =>
  asKeeper(userId, () => db.meta.put({ key: videoKey(userId, kept.video.id), value: kept }))

/** The same of a piece of its file. */
export const putPiece = (userId: string, seat: string, from: number, piece: ArrayBuffer) =>
  asKeeper(userId, () => db.meta.put({ key: pieceKey(userId, seat, from), value: piece }))

/** What is here of the file; null without any. One piece at a time is in memory: a blob may lie on the disk. */
export async function readFile(userId: string, seat: string, type: string): Promise<Blob | null> {
  const keys = await db.meta.where('key').startsWith(fileKey(userId, seat)).primaryKeys()
  const pieces: Blob[] = []
  for (const key of keys) {
    const piece = await valueAt<ArrayBuffer>(key)
    if (piece) pieces.push(new Blob([piece]))
  }
  return pieces.length > 0 ? new Blob(pieces, { type }) : null
}

/** Gives the space of a video back. */
export const dropVideo = (userId: string, seat: string) =>
  asStorage(() =>
    db.transaction('rw', [db.meta], async () => {
      await db.meta.delete(videoKey(userId, seat))
      await db.meta.where('key').startsWith(fileKey(userId, seat)).delete()
    }),
  )

/** Keeps the list that the server answered, and gives back the videos that this member no longer judges. */
export async function keepList(userId: string, lines: JuryLine[]): Promise<void> {
  await asKeeper(userId, () => db.meta.put({ key: listKey(userId), value: lines }))
  const open = new Set(lines.flatMap(({ id, judged }) => (judged ? [] : [id])))
  const rows = await db.meta.where('key').startsWith(videoKey(userId, '')).toArray()
  for (const { value } of rows) {
    const { id } = (value as KeptJuryVideo).video
    if (!open.has(id)) await dropVideo(userId, id)
  }
}
