/** The proposals of others that this phone supports. The secret, one for each campaign, is what counts a phone once. */
import { db } from '@/data/db'
import type { LiveQuery } from '@/data/queries'
import { rpc } from '@/data/rpc'
import { asStorage } from '@/data/storageFault'
import { Fault } from '@/domain/fault'

interface KeptSupports {
  secret: string
  folios: string[]
}

const keyOf = (convocatoriaId: string) => `supports:${convocatoriaId}`

async function readKept(convocatoriaId: string): Promise<KeptSupports | undefined> {
  return (await db.meta.get(keyOf(convocatoriaId)))?.value as KeptSupports | undefined
}

/** The folios that this phone supports in a campaign. */
export const supportedFolios = (convocatoriaId: string): LiveQuery<string[]> => ({
  tables: [db.meta],
  read: async () => (await readKept(convocatoriaId))?.folios ?? [],
})

/** Changes the folios and returns the secret, the same for every support of the campaign: `make` makes the first. */
export const changeKept = (
  convocatoriaId: string,
  make: () => string,
  change: (folios: string[]) => string[],
): Promise<string> =>
  asStorage(() =>
    db.transaction('rw', db.meta, async () => {
      const kept = (await readKept(convocatoriaId)) ?? { secret: make(), folios: [] }
      await db.meta.put({
        key: keyOf(convocatoriaId),
        value: { secret: kept.secret, folios: change(kept.folios) },
      })
      return kept.secret
    }),
  )

/** Takes a support back: at the server first, so that the phone never says so before it counts. Faults as `rpc`. */
export async function takeSupportBack(convocatoriaId: string, folio: string): Promise<void> {
  if (!navigator.onLine) throw new Fault('offline', true)
  const kept = await readKept(convocatoriaId)
  if (!kept) return
  await rpc('support_propuesta', { p_folio: folio, p_secret: kept.secret, p_given: false })
  await changeKept(
    convocatoriaId,
    () => kept.secret,
    (folios) => folios.filter((one) => one !== folio),
  )
}
