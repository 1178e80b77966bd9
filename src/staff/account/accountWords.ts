/** What went wrong in a call about the member's account, in words. */
import { Fault } from '@/domain/fault'
import words from '@/i18n/es-MX/staffAccount.json'
import { refusalText } from '@/i18n/refusals'
import { translator } from '@/i18n/translator'

const t = translator(words)

export function accountFault(error: unknown): string {
  const code = error instanceof Fault ? error.code : 'server'
  if (code === 'code_wrong' || code === 'link_expired' || code === 'attempts_too_many')
    return t(`wrong.${code}`)
  return code === 'password_same' ? t('password.password_same') : refusalText(code)
}
