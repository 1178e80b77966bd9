/** From what a person types to INEGI's key: case, accents and an unfinished name are forgiven. */
import { OUTSIDE_STATE } from '@/domain/propuesta'
import type { Municipalities } from '@/domain/rows'
import { createSearch, type Search } from '@/domain/search'
import { fold } from '@/domain/spelling'

type Municipality = Municipalities['items'][number]

export const OUTSIDE_LABEL = 'Fuera del Estado de México'

/** What people who live outside the state write: another state, its capital by old or new name, another country. */
const OUTSIDE_ALIASES: readonly string[] = [
  'CDMX, Ciudad de México, DF, Distrito Federal, otro estado, otra entidad, otro país, Estados Unidos',
  'extranjero, Aguascalientes, Baja California, Baja California Sur, Campeche, Chiapas, Chihuahua, Coahuila',
  'Colima, Durango, Guanajuato, Guerrero, Hidalgo, Jalisco, Michoacán, Morelos, Nayarit, Nuevo León, Oaxaca',
  'Puebla, Querétaro, Quintana Roo, San Luis Potosí, Sinaloa, Sonora, Tabasco, Tamaulipas, Tlaxcala, Veracruz',
  'Yucatán, Zacatecas',
].flatMap((line) => line.split(', '))

const OUTSIDE: Municipality = { cve: OUTSIDE_STATE, name: OUTSIDE_LABEL }

const same = (text: string): string => fold(text).join(' ')

const aliasesOf = (item: Municipality): readonly string[] => (item === OUTSIDE ? OUTSIDE_ALIASES : [])

/** The municipalities and «Fuera del Estado de México», found by what people call them. */
export const createMunicipalitySearch = (items: readonly Municipality[]): Search<Municipality> =>
  createSearch([...items, OUTSIDE], (item) => ({ name: item.name, aliases: aliasesOf(item) }))

/**
 * The key to send: null when nothing was said, undefined when what was said names no municipality or
 * more than one.
 */
export function resolveMunicipality(
  typed: string,
  items: Municipalities['items'],
): string | null | undefined {
  const wanted = same(typed)
  if (wanted === '') return null
  const known = [...items, OUTSIDE]
  const named = known.find((item) => item.cve === wanted || same(item.name) === wanted)
  if (named) return named.cve
  const begun = known.filter((item) => same(item.name).startsWith(wanted))
  if (begun.length > 0) return begun.length === 1 ? begun[0]?.cve : undefined
  const isMeant = items.some((item) => same(item.name).includes(wanted)) // «Guerrero» may be Villa Guerrero
  return !isMeant && OUTSIDE_ALIASES.some((alias) => same(alias) === wanted) ? OUTSIDE_STATE : undefined
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
