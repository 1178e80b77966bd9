/** The section of the constancia: who gets one. */

export interface ConstanciaData {
  /** '' or absent: the campaign issues none. */
  rule?: '' | 'day' | 'all' | 'hours'
  hours?: number | null // of the rule «hours»
}

export const RULES = ['', 'day', 'all', 'hours'] as const
