/** The sample letters, as «Cartas» lists them. */
import { plain } from '@/domain/spelling'
import words from '@/i18n/es-MX/staffLetters.json'
import { translator } from '@/i18n/translator'
import samples from './samples.json'

export interface LetterSample {
  key: string
  reader: string
  /** `asked`: somebody asked for it by name, so it has no way to stop letters. */
  class: string
  subject: string
  body: string
}

export const t = translator(words)

type Key = keyof typeof words

/** What a letter tells, for staff. */
export const nameOf = ({ key }: LetterSample): string => t(`of.${key}` as Key & `of.${string}`)

/** The letters that have these words, wherever, whatever their accents and case; all of them without any. */
export function lettersWith(typed: string): readonly LetterSample[] {
  const wanted = plain(typed).split(/\s+/u).filter(Boolean)
  return samples.filter((one) => {
    const text = plain(`${nameOf(one)} ${one.subject} ${one.body}`)
    return wanted.every((word) => text.includes(word))
  })
}
