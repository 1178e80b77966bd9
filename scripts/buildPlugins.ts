/** What the build adds to its files: the page's early script, and the graph of the modules. */
import path from 'node:path'
import type { Plugin } from 'vite'

const ROOT = path.resolve(import.meta.dirname, '..')

/**
 * Lets `src/app/early.ts`, which main.ts imports, run as soon as it has arrived, and tells it the files of a campaign
 * page. Their names are in the page and not in the script: the script is cached for ever, and they change without it.
 */
export const early: Plugin = {
  name: 'early',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
      const named = (name: string) => chunks.find((one) => one.name === name)
      const campaign = named('campaign')
      const script = named('early')
      if (!campaign || !script) throw new Error('a chunk of the first screen was renamed')
      const loaded = [...campaign.imports, campaign.fileName].map((file) => bundle[file])
      const files = loaded.flatMap((one) =>
        one?.type === 'chunk' ? [one.fileName, ...(one.viteMetadata?.importedCss ?? [])] : [],
      )
      const content = files
        .map((file) => `/${file}`)
        .filter((file) => !html.includes(file))
        .join(' ')
      return [
        { tag: 'meta', attrs: { name: 'campaign-files', content }, injectTo: 'head' },
        {
          tag: 'script',
          attrs: { type: 'module', async: true, src: `/${script.fileName}` },
          injectTo: 'head',
        },
      ]
    },
  },
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
