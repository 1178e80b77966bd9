/** The ready-made replies of a rejection. They fill the form, where staff read and edit them before sending. */
import type { ReasonCode } from '@/domain/states'

/** «Otra razón» has no ready-made reply, because only the member's words can explain it. */
const TEMPLATES = {
  discriminatory: 'template.discriminatory',
  third_party_data: 'template.third_party_data',
  propaganda: 'template.propaganda',
  copyright: 'template.copyright',
  minor_unauthorised: 'template.minor_unauthorised',
  off_topic: 'template.off_topic',
  unintelligible: 'template.unintelligible',
  duplicate: 'template.duplicate',
  other: null,
} as const satisfies Record<ReasonCode, string | null>

/** The message key of a reason's reply; null for «otra razón». */
export const templateOf = (reason: ReasonCode) => TEMPLATES[reason]

/** The text to show when the template changes from `before` to `next`. Written or edited text is never replaced. */
export const withTemplate = (written: string, before: string, next: string): string =>
  written.trim() === '' || written === before ? next : written
