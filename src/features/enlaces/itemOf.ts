/** Turns an opened or recovered submission into an item of this phone's «Mis envíos». */
import type { Item } from '@/data/items'
import { kindNamed, kindOfFolio, NO_KIND } from '@/domain/kinds'
import type { SubmissionRow } from '@/domain/rows'
import type { RecoveredLink } from '@/domain/recoveredLink'
import { excerpt, TITLE_LENGTH } from '@/domain/text'

const titleOf = ({ kind, content, convocatoria_title }: SubmissionRow): string =>
  excerpt(kindNamed(kind)?.titleOf({ ...content }) ?? '', TITLE_LENGTH) || convocatoria_title

/** The item for a server's row and the secret that opened it. */
export const itemFromRow = (row: SubmissionRow, secret: string): Item => ({
  id: row.id,
  kind: row.kind,
  convocatoria_id: row.convocatoria_id,
  title: titleOf(row),
  secret,
  folio: row.folio,
  created_at: row.received_at,
})

/** The item for a recovered link whose row could not be read. A later pull brings the rest. */
export const itemFromLink = (link: RecoveredLink): Item => ({
  id: link.id,
  kind: kindOfFolio(link.folio)?.name ?? NO_KIND,
  convocatoria_id: '',
  title: link.convocatoria_title,
  secret: link.secret,
  folio: link.folio,
  created_at: link.received_at,
})
