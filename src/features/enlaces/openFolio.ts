import { rpc } from '@/data/rpc'
import type { SubmissionRow } from '@/domain/rows'
import type { PrivateLink } from '@/domain/privateLink'

const isRow = (body: unknown): body is SubmissionRow =>
  typeof (body as { folio?: unknown } | null)?.folio === 'string'

/**
 * Reads a submission by its private link. Faults: those of `rpc`, and `submission_unknown`, which does not reveal
 * whether the folio or the secret is wrong.
 */
export const openFolio = ({ folio, secret }: PrivateLink): Promise<SubmissionRow> =>
  rpc('open_folio', { p_folio: folio, p_secret: secret }, { accepts: isRow })
