/** The words of exporting and importing a campaign, and of why it was not done. */
import { Fault } from '@/domain/fault'
import messages from '@/i18n/es-MX/portable.json'
import { problemText } from '@/i18n/problems'
import { translator } from '@/i18n/translator'
import { UnfitFile } from './portableFile'

export const t = translator(messages)

/** The words for what reading, verifying or a call threw. */
export function failureText(error: unknown): string {
  if (!(error instanceof UnfitFile)) return problemText(error instanceof Fault ? error.code : 'server')
  if (error.code === 'portable_too_large') return t('file.large')
  return error.code === 'portable_tampered' ? t('file.tampered') : problemText(error.code)
}
