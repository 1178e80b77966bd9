/** From what a person types to INEGI's key: case, accents and an unfinished name are forgiven. */
import { OUTSIDE_STATE } from '@/domain/propuesta'
import type { Municipalities } from '@/domain/rows'

export const OUTSIDE_LABEL = 'Fuera del Estado de México'

const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim()

/**
 * The key to send: null when nothing was said, undefined when what was said names no municipality or
 * more than one.
 */
export function resolveMunicipality(
  typed: string,
  items: Municipalities['items'],
): string | null | undefined {
  const wanted = fold(typed)
  if (wanted === '') return null
  const known = [...items, { cve: OUTSIDE_STATE, name: OUTSIDE_LABEL }]
  const exact = known.find((item) => item.cve === wanted || fold(item.name) === wanted)
  if (exact) return exact.cve
  const begun = known.filter((item) => fold(item.name).startsWith(wanted))
  return begun.length === 1 ? begun[0]?.cve : undefined
}

/** The name of a key (or of what was typed) for people; what is not known comes back as it is. */
export function municipalityName(typed: string, items: Municipalities['items']): string {
  const cve = resolveMunicipality(typed, items)
  if (cve === OUTSIDE_STATE) return OUTSIDE_LABEL
  return items.find((item) => item.cve === cve)?.name ?? typed
}

/** What the field shows: a kept key as its name, anything else as it was typed. */
export const shownMunicipality = (typed: string, items: Municipalities['items']): string =>
  typed === OUTSIDE_STATE || /^\d{5}$/u.test(typed) ? municipalityName(typed, items) : typed
