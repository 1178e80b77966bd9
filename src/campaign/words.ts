/** The words that all kinds share, in *tú*. A kind spreads its own over them: its noun, or *usted*. */
import messages from '@/i18n/es-MX/campaign.json'
import unknown from '@/i18n/es-MX/unknown.json'
import { translator, type MessageKey, type Params } from '@/i18n/translator'

export type Words = (key: MessageKey<typeof messages>, params?: Params) => string

export const t: Words = translator(messages)

/** The shared words with a kind's own ones over them. */
export const wordsWith = <Own extends Readonly<Record<string, string>>>(own: Own) =>
  translator<typeof messages & Own>({ ...messages, ...own })

/** What is said of a kind that this version does not know, or of one that is not known yet: no kind's noun. */
export const unknownWords: Words = wordsWith(unknown)
