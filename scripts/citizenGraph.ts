/**
 * What of the staff's code a citizen's phone can fetch, from the module graph of the build (`.vite/graph.json`,
 * vite.config.ts). A chunk is fetched whole, with what it imports, as soon as one of its modules is wanted.
 */

export interface Graph {
  entry: string[]
  chunks: { fileName: string; imports: string[]; modules: string[] }[]
  /** `imports` run with the module; `lazy` when the person goes there. */
  modules: Record<string, { imports: string[]; lazy: string[] }>
}

/** The staff's addresses, and what loads with them. That they exist is all that a citizen's app knows of them. */
const STAFF_DOORS = /^src\/(staff\/feature|app\/staffPieces|features\/[^/]+\/staff\/routes)\.ts$/u
const IS_STAFF =
  /^src\/(staff|features\/[^/]+\/staff|sync\/staff)\/|^src\/data\/staff\/(?!session\.ts)|node_modules\/@supabase\//u

const isStaff = (module: string): boolean => !STAFF_DOORS.test(module) && IS_STAFF.test(module)

/** Every module that may run on a citizen's phone: all ways from the entry but those of the staff's addresses. */
function reachedModules({ entry, modules }: Graph): Set<string> {
  const reached = new Set<string>()
  const open = [...entry]
  while (open.length > 0) {
    const module = open.pop()!
    if (reached.has(module)) continue
    reached.add(module)
    const { imports, lazy } = modules[module] ?? { imports: [], lazy: [] }
    open.push(...imports, ...(STAFF_DOORS.test(module) ? lazy.filter((one) => !isStaff(one)) : lazy))
  }
  return reached
}

/** The chunks that hold them, and the chunks that those import. */
function reachedChunks(graph: Graph): Graph['chunks'] {
  const wanted = reachedModules(graph)
  const found = new Set<string>()
  const open = graph.chunks.filter(({ modules }) => modules.some((one) => wanted.has(one)))
  while (open.length > 0) {
    const chunk = open.pop()!
    if (found.has(chunk.fileName)) continue
    found.add(chunk.fileName)
    open.push(...graph.chunks.filter(({ fileName }) => chunk.imports.includes(fileName)))
  }
  return graph.chunks.filter(({ fileName }) => found.has(fileName))
}

/** The staff's modules in chunks that a citizen reaches or that the worker keeps (`precached`), each with its chunk. */
export function staffOnCitizensPhones(graph: Graph, precached: readonly string[]): string[] {
  const kept = graph.chunks.filter(({ fileName }) => precached.includes(fileName))
  const chunks = new Set([...reachedChunks(graph), ...kept])
  if (chunks.size < 3) throw new Error('the module graph leads nowhere: the check is blind')
  if (!graph.chunks.some(({ modules }) => modules.some(isStaff))) throw new Error('no staff module was found')
  return [...chunks].flatMap(({ fileName, modules }) =>
    modules.filter(isStaff).map((module) => `${module} in ${fileName}`),
  )
}
