/** The words that all kinds share, in *tú*. A kind overrides some of them with its noun or with *usted*. */
import messages from '@/i18n/es-MX/campaign.json'
import unknown from '@/i18n/es-MX/unknown.json'
import { translator, type MessageKey, type Params } from '@/i18n/translator'

export type Words = (key: MessageKey<typeof messages>, params?: Params) => string

/** The shared words without any kind's own. */
export const t: Words = translator(messages)

/** The shared words, overridden by a kind's own. */
export const wordsWith = <Own extends Readonly<Record<string, string>>>(own: Own) =>
  translator<typeof messages & Own>({ ...messages, ...own })

/** The words for a kind that is unknown, or not known yet. They contain no kind's noun. */
export const unknownWords: Words = wordsWith(unknown)
