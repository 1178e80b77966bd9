/** Finds bodies of the registry by their names, acronyms and towns. */
import { createSearch, type Search } from './search'

interface Body {
  name: string
  acronym: string | null
  municipality: string | null // key of INEGI
}

/** A town whose name a body has not in its own is one more name of it. */
export function createBodySearch<B extends Body>(
  bodies: readonly B[],
  municipalities: readonly { cve: string; name: string }[],
): Search<B> {
  const towns = new Map(municipalities.map(({ cve, name }) => [cve, name]))
  return createSearch(bodies, ({ name, acronym, municipality }) => {
    const town = towns.get(municipality ?? '')
    return {
      name,
      aliases: [acronym, town && !name.includes(town) ? town : null].filter((one) => !!one) as string[],
    }
  })
}
