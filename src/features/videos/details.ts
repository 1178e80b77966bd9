import type { Convocatoria } from '@/domain/rows'
import type { VideoDetails } from '@/domain/video'

/** A convocatoria of another kind has other details: no pillars then, and no file fits. */
const NONE: VideoDetails = {
  pillars: [],
  min_s: 0,
  max_s: 0,
  max_bytes: 0,
  medium: '',
  licence_until: '',
}

/** What this call says of its videos. */
export const detailsOf = ({ details }: Pick<Convocatoria, 'details'>): VideoDetails =>
  details && 'pillars' in details ? details : NONE
