/**
 * Finds the staff modules that a citizen's phone can load, from the module graph of the build (`.vite/graph.json`,
 * vite.config.ts). A browser loads a chunk as a whole, with the chunks that it imports.
 */

export interface Graph {
  entry: string[]
  chunks: { fileName: string; imports: string[]; modules: string[] }[]
  /** `imports` load with the module, `lazy` ones when their page is opened. */
  modules: Record<string, { imports: string[]; lazy: string[] }>
}

/** The staff's pages. They come with the first address of the staff (`app/features.ts`), which no citizen opens. */
const STAFF_PAGES = 'src/app/staffPieces.ts'
const IS_STAFF =
  /^src\/(app\/staffPieces\.|(staff|features\/[^/]+\/staff|sync\/staff)\/)|^src\/data\/staff\/(?!session\.ts)|node_modules\/@supabase\//u

const isStaff = (module: string): boolean => IS_STAFF.test(module)

/** Every module that may run on a citizen's phone: all that the entry reaches without the staff's pages. */
function reachedModules({ entry, modules }: Graph): Set<string> {
  const reached = new Set<string>()
  const open = [...entry]
  while (open.length > 0) {
    const module = open.pop()!
    if (reached.has(module)) continue
    reached.add(module)
    const { imports, lazy } = modules[module] ?? { imports: [], lazy: [] }
    open.push(...imports, ...lazy.filter((one) => one !== STAFF_PAGES))
  }
  return reached
}

/** These chunks, and those that load together with one of them. */
function loadedWith(graph: Graph, names: readonly string[]): Graph['chunks'] {
  const found = new Set<string>()
  const open = graph.chunks.filter(({ fileName }) => names.includes(fileName))
  while (open.length > 0) {
    const chunk = open.pop()!
    if (found.has(chunk.fileName)) continue
    found.add(chunk.fileName)
    open.push(...graph.chunks.filter(({ fileName }) => chunk.imports.includes(fileName)))
  }
  return graph.chunks.filter(({ fileName }) => found.has(fileName))
}

/** The chunks of these modules, and the chunks that those import. */
function reachedChunks(graph: Graph): Graph['chunks'] {
  const wanted = reachedModules(graph)
  const roots = graph.chunks.filter(({ modules }) => modules.some((one) => wanted.has(one)))
  return loadedWith(
    graph,
    roots.map(({ fileName }) => fileName),
  )
}

/** The precached chunks that load only together with one outside the precache: without signal their pages never open. */
export function importsOutside({ chunks }: Graph, precached: readonly string[]): string[] {
  return chunks
    .filter(({ fileName }) => precached.includes(fileName))
    .flatMap(({ fileName, imports }) =>
      imports.filter((one) => !precached.includes(one)).map((one) => `${fileName} needs ${one}`),
    )
}

/** What only the form of a video loads: the media library, the code that imports it, and the room of a chosen video. */
const IS_VIDEO_CODE =
  /node_modules\/mediabunny\/|^src\/media\/((clean|remux|copySound|repackVoice|inspect|poster)\.ts$|(film|recorder)\/)|_shared\/media\/judge\.ts$|^src\/features\/videos\/film\//u

/** The modules of the form of a video that every citizen's phone would fetch, each with its chunk. */
export function videoCodeForEverybody(graph: Graph, precached: readonly string[]): string[] {
  const isVideo = (module: string) => IS_VIDEO_CODE.test(module)
  if (!graph.chunks.some(({ modules }) => modules.some(isVideo))) throw new Error('no video module was found')
  return loadedWith(graph, precached).flatMap(({ fileName, modules }) =>
    modules.filter(isVideo).map((module) => `${module} in ${fileName}`),
  )
}

/** The files that the first visit to a page waits for: the entry's, and those of the page's modules. Throws where one of them is in no file. */
export function filesOfPage(graph: Graph, pageModules: readonly string[]): string[] {
  const fileOf = (module: string): string => {
    const chunk = graph.chunks.find(({ modules }) =>
      modules.some((one) => one === module || one.startsWith(`${module}?`)),
    )
    if (!chunk) throw new Error(`no file of the build has ${module}`)
    return chunk.fileName
  }
  return loadedWith(graph, [...graph.entry, ...pageModules].map(fileOf)).map(({ fileName }) => fileName)
}

/** The files that load the media library though neither a video nor the staff needs them. */
export function mediaLibraryElsewhere(graph: Graph): string[] {
  const isLibrary = (module: string) => module.includes('node_modules/mediabunny/')
  const loads = graph.chunks.filter(({ fileName }) =>
    loadedWith(graph, [fileName]).some(({ modules }) => modules.some(isLibrary)),
  )
  if (loads.length === 0) throw new Error('no file with the media library was found')
  return loads.map(({ fileName }) => fileName).filter((file) => !/(^|\/)(video|staff)-/u.test(file))
}

/** The staff modules in chunks that a citizen reaches or that the worker precaches, each with its chunk. */
export function staffOnCitizensPhones(graph: Graph, precached: readonly string[]): string[] {
  const kept = graph.chunks.filter(({ fileName }) => precached.includes(fileName))
  const chunks = new Set([...reachedChunks(graph), ...kept])
  if (chunks.size < 3) throw new Error('the module graph leads nowhere: the check is blind')
  if (!graph.chunks.some(({ modules }) => modules.some(isStaff))) throw new Error('no staff module was found')
  return [...chunks].flatMap(({ fileName, modules }) =>
    modules.filter(isStaff).map((module) => `${module} in ${fileName}`),
  )
}
