/** The figures of results in words, as the charts and tables show them. */
import { formatDay } from '@/ui/dates'
import type { ResultFigures } from '../results'
import { t } from './words'

export interface Line {
  key: string
  name: string
  count: number | null
}

const largestFirst = (lines: Line[]) => lines.sort((a, b) => (b.count ?? -1) - (a.count ?? -1))

export const SAID_SECTORS = [
  'academia',
  'servicio_publico',
  'empresa',
  'estudiante',
  'sociedad_civil',
  'otro',
] as const
const SECTORS = [...SAID_SECTORS, 'sin_dato'] as const
const CHANNELS = ['app', 'telephone', 'in_person', 'letter', 'paper', 'brigade'] as const
/** The name of a key that this version knows, or the key itself. */
const named = <K extends string>(known: readonly K[], key: string, name: (key: K) => string) => {
  const one = known.find((candidate) => candidate === key)
  return one ? name(one) : key
}

export const sectorLines = ({ sectors }: ResultFigures): Line[] =>
  largestFirst(
    sectors.map(({ key, count }) => ({ key, count, name: named(SECTORS, key, (one) => t(`sector.${one}`)) })),
  )

export const channelLines = ({ channels }: ResultFigures): Line[] =>
  largestFirst(
    channels.map(({ key, count }) => ({
      key,
      count,
      name: named(CHANNELS, key, (one) => t(`channel.${one}`)),
    })),
  )

export const dayLines = ({ days }: ResultFigures): Line[] =>
  days.map(({ key, count }) => ({ key, count, name: formatDay(key) }))

export const partLines = ({ parts, missing }: ResultFigures): Line[] =>
  largestFirst([
    ...parts.map(({ number, title, received }) => ({
      key: number,
      count: received,
      name: [number, title].filter(Boolean).join(' · '),
    })),
    { key: '', count: missing.received, name: t('parts.missing') },
  ])

/** `nameOf`: the name of a municipality by its key. */
export const placeLines = ({ municipalities }: ResultFigures, nameOf: (cve: string) => string): Line[] =>
  largestFirst(
    municipalities.map(({ key, count }) => ({
      key,
      count,
      name: key === '' ? t('places.unsaid') : key === 'fuera' ? t('places.outside') : nameOf(key),
    })),
  )
