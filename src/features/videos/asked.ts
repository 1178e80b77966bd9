import type { LocationQuery } from 'vue-router'

/** What an address asks for under this key; null where it asks for nothing, or twice. */
export const askedOf = (query: LocationQuery, key: string): string | null => {
  const value = query[key]
  return typeof value === 'string' ? value : null
}
