/** Finds INEGI's key for what a person types, regardless of case and accents and also for an unfinished name. */
import { OUTSIDE_STATE } from '@/domain/propuesta'
import type { Municipalities } from '@/domain/rows'
import { createSearch, type Search } from '@/domain/search'
import { fold } from '@/domain/spelling'

type Municipality = Municipalities['items'][number]

export const OUTSIDE_LABEL = 'Fuera del Estado de México'

/** What people from outside the state type: another state, Mexico City by old or new name, another country. */
const OUTSIDE_ALIASES: readonly string[] = [
  'CDMX, Ciudad de México, DF, Distrito Federal, otro estado, otra entidad, otro país, Estados Unidos',
  'extranjero, Aguascalientes, Baja California, Baja California Sur, Campeche, Chiapas, Chihuahua, Coahuila',
  'Colima, Durango, Guanajuato, Guerrero, Hidalgo, Jalisco, Michoacán, Morelos, Nayarit, Nuevo León, Oaxaca',
  'Puebla, Querétaro, Quintana Roo, San Luis Potosí, Sinaloa, Sonora, Tabasco, Tamaulipas, Tlaxcala, Veracruz',
  'Yucatán, Zacatecas',
].flatMap((line) => line.split(', '))

const OUTSIDE: Municipality = { cve: OUTSIDE_STATE, name: OUTSIDE_LABEL }

const folded = (text: string): string => fold(text).join(' ')

const aliasesOf = (item: Municipality): readonly string[] => (item === OUTSIDE ? OUTSIDE_ALIASES : [])

/** Searches the municipalities and «Fuera del Estado de México» by the names that people use. */
export const createMunicipalitySearch = (items: readonly Municipality[]): Search<Municipality> =>
  createSearch([...items, OUTSIDE], (item) => ({ name: item.name, aliases: aliasesOf(item) }))

/**
 * The key to send; null when nothing was typed; undefined when the text names no municipality or more than one.
 */
export function resolveMunicipality(
  typed: string,
  items: Municipalities['items'],
): string | null | undefined {
  const wanted = folded(typed)
  if (wanted === '') return null
  const known = [...items, OUTSIDE]
  const named = known.find((item) => item.cve === wanted || folded(item.name) === wanted)
  if (named) return named.cve
  const matches = known.filter((item) => folded(item.name).startsWith(wanted))
  if (matches.length > 0) return matches.length === 1 ? matches[0]?.cve : undefined
  const isPartOfName = items.some((item) => folded(item.name).includes(wanted)) // «Guerrero» may be Villa Guerrero
  return !isPartOfName && OUTSIDE_ALIASES.some((alias) => folded(alias) === wanted)
    ? OUTSIDE_STATE
    : undefined
}

/** The name for a key or a typed text; an unknown text is returned unchanged. */
export function municipalityName(typed: string, items: Municipalities['items']): string {
  const cve = resolveMunicipality(typed, items)
  if (cve === OUTSIDE_STATE) return OUTSIDE_LABEL
  return items.find((item) => item.cve === cve)?.name ?? typed
}

/** What the field shows: the name of a stored key, any other text as typed. */
export const shownMunicipality = (typed: string, items: Municipalities['items']): string =>
  typed === OUTSIDE_STATE || /^\d{5}$/u.test(typed) ? municipalityName(typed, items) : typed
