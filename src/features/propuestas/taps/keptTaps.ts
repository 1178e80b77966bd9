/**
 * «¿Ayuda?» answered by one tap: what this phone chose, and how far it is. The secret, one for each campaign, counts a phone once;
 * the id names the ops, which keep their order.
 */
import { newSecret } from '@/campaign/form/secret'
import { db } from '@/data/db'
import type { LiveQuery } from '@/data/queries'
import { serverNow } from '@/data/serverClock'
import { asStorage } from '@/data/storageFault'
import type { Helps } from '@/domain/propuesta'
import type { Convocatoria, Notice } from '@/domain/rows'
import { LOCALE } from '@/i18n/translator'
import { enqueueInstead, opsStanding } from '@/sync/enqueueInstead'
import { CONSENT } from './consent'

/** The answer to each action that was ever touched; null: none any more. */
export type Chosen = Readonly<Record<string, Helps | null>>

interface KeptTaps {
  id: string
  secret: string
  chosen: Chosen
  /** As they were handed over last; null before the first time. */
  given: Chosen | null
}

/** `kept`: on this phone, on their way. `failed`: the server refused them with `code`. `sent`: it has them as `given` says. */
interface Taps {
  chosen: Chosen
  isChanged: boolean
  /** Whether answers were handed over, and not taken back since. */
  isGiven: boolean
  state: 'none' | 'kept' | 'sent' | 'failed'
  code: string
}

export const NO_TAPS: Taps = { chosen: {}, isChanged: false, isGiven: false, state: 'none', code: '' }

const keyOf = (convocatoriaId: string) => `taps:${convocatoriaId}`

const readKept = async (convocatoriaId: string): Promise<KeptTaps> =>
  ((await db.meta.get(keyOf(convocatoriaId)))?.value as KeptTaps | undefined) ?? {
    id: crypto.randomUUID(),
    secret: newSecret(),
    chosen: {},
    given: null,
  }

const write = (convocatoriaId: string, value: KeptTaps) => db.meta.put({ key: keyOf(convocatoriaId), value })

async function readTaps(convocatoriaId: string): Promise<Taps> {
  const kept = await readKept(convocatoriaId)
  const { chosen, given } = kept
  const { state, code } = await opsStanding(kept.id)
  return {
    chosen,
    isChanged:
      state === 'failed' || Object.keys(chosen).some((part) => chosen[part] !== (given?.[part] ?? null)),
    isGiven: Object.values(given ?? {}).some(Boolean),
    state: state ?? (given ? 'sent' : 'none'),
    code,
  }
}

/** The answers of this phone in a campaign. */
export const tapsOf = (convocatoriaId: string): LiveQuery<Taps> => ({
  tables: [db.meta, db.outbox],
  read: () => readTaps(convocatoriaId),
})

/** Keeps an answer, or none where it is chosen already. Faults of storage. */
export const choose = (convocatoriaId: string, part: string, helps: Helps): Promise<unknown> =>
  asStorage(() =>
    db.transaction('rw', db.meta, async () => {
      const kept = await readKept(convocatoriaId)
      const chosen = { ...kept.chosen, [part]: kept.chosen[part] === helps ? null : helps }
      await write(convocatoriaId, { ...kept, chosen })
    }),
  )

/** Saves an op in the place of those that were refused, and what it hands over. A tap that came meanwhile stays. */
const hand = (
  convocatoriaId: string,
  kept: KeptTaps,
  handed: Partial<Pick<KeptTaps, 'chosen' | 'given'>>,
  payload: object,
): Promise<unknown> =>
  enqueueInstead(
    {
      kind: 'tap.answer',
      entity_id: kept.id,
      secret: kept.secret,
      payload: { convocatoria_id: convocatoriaId, ...payload },
    },
    async () => {
      const { chosen, given } = await readKept(convocatoriaId)
      await write(convocatoriaId, { ...kept, chosen, given, ...handed })
    },
  )

/** Sends every answer, with the consent that the person just gave. They are on disk when it resolves. Faults of storage. */
export async function sendTaps({ id, parts }: Convocatoria, { hash }: Notice): Promise<void> {
  const kept = await readKept(id)
  const inForce = Object.entries(kept.chosen).filter(([part]) => parts.some((one) => one.id === part))
  await hand(
    id,
    kept,
    { given: kept.chosen },
    {
      notice_hash: hash,
      locale: LOCALE,
      consented_at: serverNow().toISOString(),
      consent: CONSENT,
      unlinked: Object.fromEntries(inForce),
    },
  )
}

/** Takes every answer back, also those that are still on their way. Faults of storage. */
export async function withdrawTaps(convocatoriaId: string): Promise<void> {
  const kept = await readKept(convocatoriaId)
  await hand(convocatoriaId, kept, { chosen: {}, given: {} }, { withdraw: true })
}
