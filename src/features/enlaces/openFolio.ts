import { rpc } from '@/data/rpc'
import type { SubmissionRow } from '@/domain/rows'
import type { PrivateLink } from '@/domain/privateLink'

const isRow = (body: unknown): body is SubmissionRow =>
  typeof (body as { folio?: unknown } | null)?.folio === 'string'

/** A submission by its private link. Faults: `submission_unknown` (folio or secret, nobody learns which), those of `rpc`. */
export const openFolio = ({ folio, secret }: PrivateLink): Promise<SubmissionRow> =>
  rpc('open_folio', { p_folio: folio, p_secret: secret }, { accepts: isRow })
