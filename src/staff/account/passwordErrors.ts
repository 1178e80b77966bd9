/** Why a new password cannot be chosen, at its field; the list of common words loads with this module. */
import { refusalText } from '@/i18n/refusals'
import { refusePassword } from '../../../supabase/functions/_shared/passwords'

/** `about`: texts that others know of the person. */
export function passwordErrors(
  password: string,
  about: readonly (string | undefined)[],
): { field: string; message: string }[] {
  const code = refusePassword(
    password,
    about.filter((text) => text !== undefined),
  )
  return code ? [{ field: 'new-password', message: refusalText(code) }] : []
}
