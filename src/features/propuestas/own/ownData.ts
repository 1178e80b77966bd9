/** What an author has here besides a submission: comments on an acta, and what this phone answered and supports without a folio. */
import { db } from '@/data/db'
import { getConvocatoriaById } from '@/data/publicBase'
import { rpc } from '@/data/rpc'
import type { SubmissionRow } from '@/domain/rows'
import type { OwnComment } from '../acta'
import { supportedFolios } from '../supports/keptSupports'
import { tapsOf } from '../taps/keptTaps'

const TIMEOUT_MS = 10_000

interface OwnData {
  comments: OwnComment[]
  /** Of the phone that keeps this folio; nothing but the phone links them with it. Never of the phone of somebody else. */
  of_this_phone?: { answers: Record<string, string>; answers_sent: boolean; supports: string[] }
}

/** Needs signal. Faults as `rpc`. */
export async function ownData(
  { id, folio, convocatoria_id }: SubmissionRow,
  secret: string,
): Promise<OwnData> {
  const call = { p_folio: folio, p_secret: secret }
  const { items: comments } = await rpc('own_comments', call, { timeoutMs: TIMEOUT_MS })
  if (!(await db.items.get(id))) return { comments }
  return { comments, of_this_phone: await ofThisPhone(convocatoria_id) }
}

/** Answers by the title of their action. */
async function ofThisPhone(campaign: string) {
  const parts = (await getConvocatoriaById(campaign))?.parts ?? []
  const titleOf = (id: string) => parts.find((part) => part.id === id)?.title ?? id
  const { chosen, state } = await tapsOf(campaign).read()
  const answers = Object.entries(chosen).flatMap(([part, helps]) => (helps ? [[titleOf(part), helps]] : []))
  return {
    answers: Object.fromEntries(answers) as Record<string, string>,
    answers_sent: state === 'sent',
    supports: await supportedFolios(campaign).read(),
  }
}
