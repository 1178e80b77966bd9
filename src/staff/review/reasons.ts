/** The ready-made replies of a refusal: a start that staff edit, never a text sent unread. */
import type { ReasonCode } from '@/domain/states'

/** «Otra razón» has no ready-made reply: its words are the reason. */
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

/** The message key of a reason's reply, or null. */
export const templateOf = (reason: ReasonCode) => TEMPLATES[reason]

/** The text to show when the template changes: what the person wrote or edited is never replaced. */
export const withTemplate = (written: string, before: string, next: string): string =>
  written.trim() === '' || written === before ? next : written
