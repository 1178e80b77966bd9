/** Two versions of a notice, part by part, with the words that differ. */
import { diffWordsWithSpace } from 'diff'
import type { NewNotice } from '@/domain/campaignDraft'
import { plainOf } from '@/domain/formattedText'
import words from '@/i18n/es-MX/studio.json'
import { translator } from '@/i18n/translator'

const t = translator(words)

/** A run of words that both versions have, or only one. */
export interface Run {
  text: string
  only: 'before' | 'after' | null
}

export interface ChangedPart {
  /** The heading of a section; null: the title, the simplified form or the consents, by `part`. */
  heading: string | null
  part: 'title' | 'simplified' | 'full' | 'consents'
  runs: Run[]
}

const paragraphs = (texts: readonly string[]): string => texts.map(plainOf).join('\n\n')
const consentWords = ({ consents }: NewNotice): string =>
  paragraphs(
    consents.map(({ text, required, until }) =>
      [text, until, required && `${t('notice.consent_required')}.`].filter(Boolean).join(' '),
    ),
  )

function runsOf(before: string, after: string): Run[] {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    text: value,
    only: added ? 'after' : removed ? 'before' : null,
  }))
}

/** The parts that read otherwise in `after`, in its order; sections are the same when their headings are. */
export function compareNotices(before: NewNotice, after: NewNotice): ChangedPart[] {
  const textIn = ({ full }: NewNotice, heading: string) =>
    paragraphs(full.filter((section) => section.heading === heading).flatMap((section) => section.paragraphs))
  const headings = new Set([...after.full, ...before.full].map(({ heading }) => heading))
  const parts: [ChangedPart['part'], string | null, string, string][] = [
    ['title', null, before.title, after.title],
    ['simplified', null, paragraphs(before.simplified), paragraphs(after.simplified)],
    ...[...headings].map((heading): [ChangedPart['part'], string, string, string] => [
      'full',
      heading,
      textIn(before, heading),
      textIn(after, heading),
    ]),
    ['consents', null, consentWords(before), consentWords(after)],
  ]
  return parts
    .filter(([, , was, is]) => was !== is)
    .map(([part, heading, was, is]) => ({ part, heading, runs: runsOf(was, is) }))
}
