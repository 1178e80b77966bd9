import type { Convocatoria } from '@/domain/rows'
import type { VideoDetails } from '@/domain/video'

/** The details for a convocatoria of another kind: no pillars, and limits that no file meets. */
const NONE: VideoDetails = {
  pillars: [],
  min_s: 0,
  max_s: 0,
  max_bytes: 0,
  medium: '',
  licence_until: '',
}

/** The details of a call for videos. */
export const detailsOf = ({ details }: Pick<Convocatoria, 'details'>): VideoDetails =>
  details && 'pillars' in details ? details : NONE
