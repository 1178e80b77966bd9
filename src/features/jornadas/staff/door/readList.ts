/** Reads a day's list from the server, page by page. */
import { answerOf, supabase } from '@/data/staff/client'
import type { DoorLine, DoorList } from '@/features/jornadas/registration'

const PAGE = 1000

const byName = (a: DoorLine, b: DoorLine) =>
  a.name.localeCompare(b.name, 'es-MX') || a.folio.localeCompare(b.folio)

const pageOf = (jornadaId: string, after: number | null, known: string | null): Promise<DoorList> =>
  answerOf(supabase.rpc('door_list', { p_jornada: jornadaId, p_after: after, p_limit: PAGE, p_known: known }))

/**
 * The whole list, by name; null while it is the one whose token is given. Somebody who registers again meanwhile comes
 * twice; the later line counts.
 */
export async function readDoorList(jornadaId: string, known?: string): Promise<DoorList | null> {
  const { jornada, unchanged, token, ...first } = await pageOf(jornadaId, null, known ?? null)
  if (unchanged) return null
  const lines = new Map<string, DoorLine>()
  for (let page: Pick<DoorList, 'items' | 'next'> = first; ;) {
    for (const line of page.items) lines.set(line.submission_id, line)
    if (page.next == null) break
    page = await pageOf(jornadaId, page.next, null)
  }
  return { jornada, items: [...lines.values()].sort(byName), ...(token && { token }) }
}
