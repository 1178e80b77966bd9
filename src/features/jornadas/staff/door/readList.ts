/** Reads a day's list from the server, page by page. */
import { answerOf, supabase } from '@/data/staff/client'
import type { DoorLine, DoorList } from '@/features/jornadas/registration'

const PAGE = 1000

const byName = (a: DoorLine, b: DoorLine) =>
  a.name.localeCompare(b.name, 'es-MX') || a.folio.localeCompare(b.folio)

/** The whole list, by name. Somebody who registers again meanwhile comes twice; the later line counts. */
export async function readDoorList(jornadaId: string): Promise<DoorList> {
  const lines = new Map<string, DoorLine>()
  for (let after: number | null = null; ;) {
    const page: DoorList = await answerOf(
      supabase.rpc('door_list', { p_jornada: jornadaId, p_after: after as number | null, p_limit: PAGE }),
    )
    const { jornada, items, next } = page
    for (const line of items) lines.set(line.submission_id, line)
    if (next == null) return { jornada, items: [...lines.values()].sort(byName) }
    after = next
  }
}
