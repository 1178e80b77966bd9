/** What the build adds to its files: the page's early script, and the graph of the modules. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin, Rolldown } from 'vite'

const ROOT = path.resolve(import.meta.dirname, '..')

const FEATURES = path.join(ROOT, 'src/features')

/**
 * The chunks that a campaign's pages begin with, by the third part of their address: the form and the published list of each
 * kind, as its `feature.ts` names them, and '' for the campaign's own page and all others.
 */
function firstChunks(): Record<string, string[]> {
  const found: Record<string, string[]> = { '': ['campaign'] }
  for (const kind of readdirSync(FEATURES)) {
    const file = path.join(FEATURES, kind, 'feature.ts')
    const code = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const partOf = (field: string) => new RegExp(`^ {2}${field}: '([^']+)',$`, 'mu').exec(code)?.[1]
    const [form, published] = [partOf('formPath'), partOf('published')]
    if (!form && code.includes('formPath'))
      throw new Error(`the address of the form was not found in ${file}`)
    if (form) found[form] = ['campaign', 'form', kind]
    if (published) found[published] = ['campaign', 'gallery']
  }
  if (Object.keys(found).length < 3) throw new Error('no form was found in src/features/*/feature.ts')
  return found
}

/** The files of these chunks, with all that they import and their styles. */
function filesOf(bundle: Rolldown.OutputBundle, names: readonly string[]): Set<string> {
  const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
  const files = new Set<string>()
  function add(file: string): void {
    const chunk = bundle[file]
    if (chunk?.type !== 'chunk' || files.has(file)) return
    files.add(file)
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style)
    for (const imported of chunk.imports) add(imported)
  }
  for (const name of names) {
    const found = chunks.find((one) => one.name === name)
    if (!found) throw new Error(`the chunk ${name} of the first screens was renamed`)
    add(found.fileName)
  }
  return files
}

/**
 * Lets `src/app/early.ts`, which main.ts imports, run as soon as it has arrived, and tells it the files of a campaign's
 * pages. Their names are in the page and not in the script: the script is cached for ever, and they change without it.
 */
export const early: Plugin = {
  name: 'early',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const [script] = filesOf(bundle, ['early'])
      const metas = Object.entries(firstChunks()).map(([part, names]) => {
        const files = [...filesOf(bundle, names)].map((file) => `/${file}`)
        const content = files.filter((file) => !html.includes(file)).join(' ')
        return { tag: 'meta', attrs: { name: `files-${part}`, content }, injectTo: 'head' as const }
      })
      const attrs = { type: 'module', async: true, src: `/${script}` }
      return [...metas, { tag: 'script', attrs, injectTo: 'head' as const }]
    },
  },
}

/** What write-excel-file takes of fflate, without the workers that our policy of contents refuses. */
const ZIP_HERE = `import { zipSync } from 'fflate'
export { strToU8, zipSync } from 'fflate'
export const zip = (files, done) => done(null, zipSync(files))`
export const zipHere: Plugin = {
  name: 'zip-here',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === 'fflate' && importer?.includes('/write-excel-file/') ? '\0zip-here' : null,
  load: (id) => (id === '\0zip-here' ? ZIP_HERE : null),
}

/**
 * Writes beside the manifest which modules each chunk holds and what each module imports, for the check of what a
 * citizen's phone can reach (scripts/citizenGraph.ts).
 */
export const chunkModules: Plugin = {
  name: 'chunk-modules',
  apply: 'build',
  generateBundle(_, bundle) {
    const nameOf = (id: string) => path.relative(ROOT, id)
    const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
    const graph = {
      entry: chunks
        .filter(({ isEntry }) => isEntry)
        .map(({ facadeModuleId }) => nameOf(facadeModuleId ?? '')),
      chunks: chunks.map(({ fileName, imports, moduleIds }) => ({
        fileName,
        imports,
        modules: moduleIds.map(nameOf),
      })),
      modules: Object.fromEntries(
        [...this.getModuleIds()].map((id) => {
          const { importedIds = [], dynamicallyImportedIds = [] } = this.getModuleInfo(id) ?? {}
          return [nameOf(id), { imports: importedIds.map(nameOf), lazy: dynamicallyImportedIds.map(nameOf) }]
        }),
      ),
    }
    this.emitFile({ type: 'asset', fileName: '.vite/graph.json', source: JSON.stringify(graph) })
  },
}
