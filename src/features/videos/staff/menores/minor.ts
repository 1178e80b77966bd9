/** What a minor's video waits for, as hints for staff. The database decides. */
import type { MinorReport } from '@/domain/minor'
import type { StaffVideoContent } from '@/domain/video'
import { t } from './words'

const isAuthorised = ({ authorisation }: MinorReport): boolean => authorisation === 'authorised'

/** Why a minor's video cannot be accepted yet, in words; null when it can, and of an adult. */
export const acceptObstacle = ({ minor }: StaffVideoContent): string | null =>
  minor && !isAuthorised(minor) ? t('accept.waiting') : null

/** Why a minor's video cannot be published yet, in words. */
export function publishObstacle({ minor }: StaffVideoContent): string | null {
  if (!minor) return null
  if (!isAuthorised(minor)) return t('publish.waiting')
  return minor.checks.length < 2 ? t('publish.unchecked') : null
}

/** Whether the name that was left may be shown, as far as age goes. */
export const mayName = ({ minor }: StaffVideoContent): boolean =>
  !minor || (isAuthorised(minor) && minor.name_allowed)
