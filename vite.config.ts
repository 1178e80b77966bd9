/**
 * Builds page and worker, and in development serves the embedded backend beside them.
 * Names of chunks matter: what begins with `staff-` or `video-` is never precached on a citizen's phone.
 */
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { minify } from 'terser'
import { defineConfig, runnerImport, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { chunkModules, early } from './scripts/buildPlugins'

/** The staff's session and answers, and supabase-js, which serves nothing else. */
const STAFF_DATA = /[\\/]src[\\/](data|sync)[\\/]staff[\\/](?!session\.ts)|[\\/]@supabase[\\/]/u
/** What citizens see of one kind of campaign: a chunk each, by the name of its folder. */
const KIND = /[\\/]src[\\/]features[\\/]([^\\/]+)[\\/](?!staff[\\/])/u
const kindOf = (module: string) => KIND.exec(module)?.[1] ?? null
/**
 * Few files compress better than many, and all of a citizen's are on the phone anyway. A group takes what
 * its modules import too, unless one of higher priority did: `base` is all that runs before first paint.
 */
const GROUPS = [
  { name: 'early', test: /[\\/]src[\\/](app[\\/]early|data[\\/]config)\.ts$/u, priority: 10 },
  {
    name: 'vendor',
    test: /[\\/]node_modules[\\/](@vue|vue|vue-router|pinia)[\\/]|plugin-vue:/u,
    priority: 9,
  },
  {
    name: 'base',
    test: /[\\/]src[\\/](app[\\/](App|router|installOffer|lost)|data[\\/](firstScreen|institution)|ui[\\/](tokens|base)\.css)/u,
    priority: 8,
  },
  {
    // without what only staff's pages import
    name: 'domain',
    test: /[\\/]src[\\/](domain[\\/](?!(calendar|institution|log|people|previewMessage|replyTemplates|slug)\.)|features[\\/](kinds|[^\\/]+[\\/]kind)\.ts$|data[\\/](firstRead|useKept|useLoad)\.ts$)/u,
    priority: 7,
  },
  {
    name: 'data',
    test: /[\\/]src[\\/](data[\\/](?!staff[\\/](?!session\.ts))|sync[\\/](?!staff[\\/])|campaign[\\/]kept)/u,
    priority: 6,
  },
  {
    name: 'video-code',
    test: /[\\/]node_modules[\\/]mediabunny[\\/]|[\\/]src[\\/]media[\\/](clean|remux)\.ts$|_shared[\\/]media[\\/](judge|formats|webm)\.ts$/u,
    priority: 5,
  },
  {
    name: 'media',
    test: /[\\/]src[\\/]media[\\/](?!(clean|remux)\.ts)|[\\/]@noble[\\/]hashes[\\/]/u,
    priority: 6,
  },
  { name: 'button', test: /[\\/]src[\\/]ui[\\/](AppButton|AppCard|EmptyState|moreIcons)\./u, priority: 6 },
  {
    name: 'frame',
    test: /[\\/]src[\\/](app[\\/](Frame|Help|Broken|LandingEmpty|engines|stores[\\/]pwa|when|worker)|ui[\\/](accent|pngUrl)\.)|[\\/]workbox-window[\\/]/u,
    priority: 5,
  },
  {
    // a campaign's first screens, without forms and folios
    name: 'campaign',
    test: /[\\/]src[\\/](app[\\/]features|features[\\/](convocatoria[\\/]ConvocatoriaView|([a-z]+)[\\/](feature\.|\3Body))|campaign[\\/]published)/iu,
    priority: 4,
  },
  // what a kind's form and its sent submissions share is here, so that a form opens without the folio's screens
  { name: 'form', test: /[\\/]src[\\/]campaign[\\/](form[\\/]|use(Strategy|Attempt)\.)/u, priority: 3 },
  {
    name: 'kit',
    test: /[\\/]src[\\/](ui[\\/](?!ParagraphsArea|TextField|colourScheme)|i18n[\\/]refusals\.ts$)/u,
    priority: 3,
  },
  {
    name: 'folio',
    test: /[\\/]src[\\/](campaign|features[\\/](convocatoria[\\/](?!Preview)|envios|enlaces))|_shared[\\/]files[\\/]csv/u,
    priority: 2,
  },
  // a preview asks the server each time, so no phone keeps its page
  { name: 'staff-preview', test: /[\\/]convocatoria[\\/]Preview/u, priority: 2 },
  {
    name: 'pages',
    test: /[\\/]src[\\/](app[\\/](?!(main|early)\.ts)|features[\\/][^\\/]+[\\/]card\.ts$)/u,
    priority: 1,
  },
  {
    name: 'gallery',
    test: /[\\/]src[\\/]features[\\/][^\\/]+[\\/](Galer|Galler|Publi)/u,
    priority: 2,
  },
  { name: kindOf, debugName: 'kind', test: KIND, priority: 1 },
  { name: 'staff-markdown', test: /[\\/]node_modules[\\/]marked[\\/]/u, priority: 1 },
  {
    name: 'staff-files',
    test: /_shared[\\/]files[\\/](?!csv)|[\\/]node_modules[\\/]fflate[\\/]/u,
    priority: 1,
  },
  {
    name: 'staff-signatures',
    test: /[\\/]node_modules[\\/](@noble[\\/]curves|canonicalize)[\\/]/u,
    priority: 1,
  },
  { name: 'staff-paste', test: /[\\/]src[\\/]staff[\\/]text[\\/]paste[\\/]/u, priority: 2 },
  {
    name: 'staff-editor',
    test: /[\\/]node_modules[\\/](prosemirror-|orderedmap|rope-sequence|w3c-keyname)|[\\/]src[\\/]staff[\\/]text[\\/](?!FormattedField|paste)/u,
    priority: 1,
  },
  { name: 'staff-session', test: STAFF_DATA, priority: 1 },
  {
    name: 'staff-desk',
    test: /[\\/]src[\\/](staff|features[\\/][^\\/]+[\\/]staff)[\\/](?!board[\\/])/u,
    priority: 0,
  },
  {
    name: 'staff-board',
    test: /[\\/]src[\\/](staff|features[\\/][^\\/]+[\\/]staff)[\\/]board[\\/]|[\\/]node_modules[\\/](d3-|internmap)/u,
    priority: 0, // after the desk, whose modules it uses
  },
]

const pathTo = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Vite's own minifier, and Terser after it: together 1 % smaller than either. */
const smaller: Plugin = {
  name: 'smaller',
  apply: 'build',
  enforce: 'post',
  async generateBundle(_, bundle) {
    const options = { ecma: 2022, toplevel: true, compress: { passes: 3 } } as const
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk') chunk.code = (await minify(chunk.code, options)).code ?? chunk.code
  },
}

const pwa = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/sw',
  filename: 'sw.ts',
  injectRegister: false, // the page registers it after the first paint (src/app/stores/pwa.ts)
  includeManifestIcons: false,
  injectManifest: {
    rollupFormat: 'iife',
    target: 'es2022',
    buildPlugins: { vite: [smaller] },
    globPatterns: ['**/*.{js,css,html,svg}'],
    globIgnores: ['assets/staff-*', 'assets/video-*', 'icon.svg', 'sw.js'], // the tab's icon is no part of a screen
  },
  manifest: {
    id: '/',
    name: 'Participa',
    short_name: 'Participa',
    description: 'Convocatorias de participación: lee, escribe sin señal y recibe respuesta con tu folio.',
    lang: 'es-MX',
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#f7f5f1',
    theme_color: '#ffffff',
    categories: ['government'],
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
})

/** Development only: the build must not need a database, and Vite's config loader not its sources. */
async function localBackend() {
  const plugin = pathTo('./supabase/local/vitePlugin.ts')
  const options = { configFile: false, resolve: { alias: { '@': pathTo('./src') } } } as const
  const { module } = await runnerImport<typeof import('./supabase/local/vitePlugin')>(plugin, options)
  return module.localBackend()
}

export default defineConfig(async ({ command }) => ({
  plugins: [vue(), smaller, early, chunkModules, pwa, command === 'serve' ? await localBackend() : null],
  resolve: {
    alias: {
      '@': pathTo('./src'),
      dexie: pathTo('./node_modules/dexie/dist/modern/dexie.min.mjs'), // the package's entry is ES5: 3 KB more
    },
  },
  define: command === 'build' ? { __VUE_OPTIONS_API__: 'false' } : {},
  build: {
    target: 'es2022', // Chrome 94, Firefox 93, Safari 15.4
    manifest: true,
    modulePreload: { polyfill: false }, // without it the same files load a little later
    reportCompressedSize: false,
    assetsInlineLimit: 0, // the content security policy allows no data: addresses
    rolldownOptions: {
      output: {
        codeSplitting: { groups: GROUPS },
      },
    },
  },
}))
