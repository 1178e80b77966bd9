/** The rows of table `meta` that a kind of campaign keeps for a member of staff, under its `staffPrefix`. */
import { listKinds } from '@/domain/kinds'
import { db } from '../db'

/** Whether a name `<prefix><member>…` belongs to a member other than `userId`; true for every name without one. */
export const isOthers = (name: string, prefix: string, userId?: string): boolean =>
  userId === undefined || !`${name}:`.startsWith(`${prefix}${userId}:`)

/** Names of the kinds that keep rows for this member on this phone. */
export async function kindsWithRows(userId: string): Promise<string[]> {
  const kinds = listKinds().filter(({ staffPrefix }) => staffPrefix !== undefined)
  const counts = await Promise.all(
    kinds.map(({ staffPrefix }) => db.meta.where('key').startsWith(`${staffPrefix}${userId}:`).count()),
  )
  return kinds.flatMap(({ name }, index) => (counts[index] ? [name] : []))
}

/** Deletes the rows of every kind that end before `now`: those whose value says `until`, an instant in ISO 8601. */
export async function endKindRows(now: Date): Promise<void> {
  const isOver = ({ value }: { value: unknown }) =>
    Date.parse((value as { until?: string } | null)?.until ?? '') < now.getTime()
  for (const { staffPrefix } of listKinds())
    if (staffPrefix) await db.meta.where('key').startsWith(staffPrefix).filter(isOver).delete()
}

/** Deletes the rows of every kind but those of `exceptUserId`. May be called inside a transaction over `meta`. */
export async function eraseKindRows(exceptUserId?: string): Promise<void> {
  for (const { staffPrefix } of listKinds())
    if (staffPrefix)
      await db.meta
        .where('key')
        .startsWith(staffPrefix)
        .filter(({ key }) => isOthers(key, staffPrefix, exceptUserId))
        .delete()
}
