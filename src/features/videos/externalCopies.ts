/** Where else a published video was spread, as the functions of the database answer it. */

export interface ExternalCopy {
  id: string
  submission_id: string
  folio: string
  title: string
  place: string
  url: string
  noted_at: string
  noted_by: string | null
  /** When a member noted that it is there no more. */
  removed_at: string | null
  removed_by: string | null
  /** Why the video may be shown there no more; null while it may. */
  reason: 'withdrawn' | 'licence' | 'unpublished' | null
  /** Until when it has to be taken down; null while it may stay. */
  due: string | null
  can_write: boolean
}

export interface ExternalCopies {
  now: string
  items: ExternalCopy[]
}
