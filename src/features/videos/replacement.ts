/** Another file for one that the server holds, under the same folio and permissions. */
import type { Convocatoria, SubmissionRow } from '@/domain/rows'
import type { SubmissionState } from '@/domain/states'
import type { MediaStatus, VideoContent, VideoDetails } from '@/domain/video'
import { stageMedia, type Replacement } from '@/media/store'
import { detailsOf } from './details'
import { describe } from './steps/describe'
import type { KeepFile } from './keepFile'

const OPEN: readonly SubmissionState[] = ['received', 'in_review', 'correction_requested', 'accepted']

/** Whether its author may send another file: the server holds the present one, and staff have not answered. */
export const canReplace = (state: SubmissionState | undefined, status: MediaStatus | undefined): boolean =>
  status === 'mismatch' && state !== undefined && OPEN.includes(state)

/** The limits of storage, for a phone without the campaign. The server checks the campaign's. */
const UNKNOWN: VideoDetails = {
  pillars: [],
  min_s: 1,
  max_s: 86_400,
  max_bytes: 314_572_800,
  medium: '',
  licence_until: '',
}

/** The widest limits that the campaign ever had: it received the first file under them. */
export function limitsOf(convocatoria: Convocatoria | undefined): VideoDetails {
  if (!convocatoria) return UNKNOWN
  const details = detailsOf(convocatoria)
  return { ...details, ...details.once }
}

/** Keeps a file that takes the place of the held one of this row, and announces it in the same transaction. */
export const keepInPlace =
  (row: SubmissionRow, secret: string): KeepFile =>
  async (file, found, options) => {
    const replacement: Replacement = {
      held: (row.content as VideoContent).media.id,
      announcing: (sealed) => ({
        kind: 'video.replace',
        entity_id: row.id,
        payload: describe(sealed, found),
        secret,
        expected_version: row.version,
      }),
    }
    await stageMedia({ id: crypto.randomUUID(), submissionId: row.id, ...file, replacement }, options)
  }
