/** Caches of a phone, for tests: what was put stays, as bytes. */

interface Entry {
  body: Blob
}

const pathOf = (request: string | { url: string }) =>
  new URL(typeof request === 'string' ? request : request.url, 'http://phone.example').pathname

/** One cache for all names. `fill` makes each further write fail as a full disk does. */
export function fakeCaches() {
  const entries = new Map<string, Entry>()
  let isFull = false
  const cache = {
    keys: async () => [...entries.keys()].map((path) => ({ url: `http://phone.example${path}` })),
    match: async (request: string | { url: string }) => {
      const found = entries.get(pathOf(request))
      return found && new Response(found.body, { headers: { 'content-type': found.body.type } })
    },
    put: async (request: string, response: Response) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      entries.set(pathOf(request), { body: await response.blob() })
    },
    delete: async (request: string | { url: string }) => entries.delete(pathOf(request)),
  }
  return {
    caches: { open: async () => cache },
    paths: () => [...entries.keys()].sort(),
    fill: () => void (isFull = true),
  }
}
