/** The text of a section of a notice, which is kept as paragraphs. A formatted text is one of them, whole. */
import { isFormatted, plainOf } from '@/domain/formattedText'
import { paragraphsOf } from '@/domain/text'

export const textOf = (paragraphs: readonly string[]): string =>
  paragraphs.length === 1 ? paragraphs[0]! : paragraphs.map(plainOf).join('\n\n')

export const paragraphsFrom = (text: string): string[] => (isFormatted(text) ? [text] : paragraphsOf(text))
