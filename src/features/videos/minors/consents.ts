import type { NoticeConsent } from '@/domain/rows'

const OF_MINORS = /_minor$/u

/**
 * The consents that somebody of this age answers. Where a notice leaves free one of adults (`publish`) and another one of minors
 * (`publish_minor`), each answers their own. As `app.answers_of_age`.
 */
export function consentsOfAge(consents: readonly NoticeConsent[], isMinor: boolean): NoticeConsent[] {
  const free = new Set(consents.flatMap(({ key, required }) => (required ? [] : [key])))
  return consents.filter(({ key }) => {
    const base = key.replace(OF_MINORS, '')
    const isPair = [key, base, `${base}_minor`].every((one) => free.has(one))
    return !isPair || (key !== base) === isMinor
  })
}
