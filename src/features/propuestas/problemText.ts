/** What a problem says, at its field and in the summary alike. */
import messages from '@/i18n/es-MX/propuestas.json'
import { refusalText } from '@/i18n/refusals'
import { translator } from '@/i18n/translator'
import type { ProblemCode } from './checkDraft'

const t = translator(messages)

export function problemText(code: ProblemCode): string {
  switch (code) {
    case 'about_required':
      return t('step.sobre.error')
    case 'naming_required':
      return t('step.nombre.error')
    case 'municipality_unknown':
      return t('step.sobre-ti.municipality.error')
    case 'notice_outdated':
      return t('problem.notice')
    default:
      return refusalText(code)
  }
}
