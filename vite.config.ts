/**
 * Builds page and worker, and in development serves the embedded backend beside them.
 */
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { minify } from 'terser'
import { defineConfig, runnerImport, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { chunkModules, early, zipHere } from './scripts/buildPlugins'
import { GROUPS } from './scripts/chunkGroups'

const pathTo = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Vite's own minifier, and Terser after it: together 1 % smaller than either. Staff's files do without, for a shorter build. */
const smaller: Plugin = {
  name: 'smaller',
  apply: 'build',
  enforce: 'post',
  async generateBundle(_, bundle) {
    const options = { ecma: 2022, toplevel: true, compress: { passes: 3 } } as const
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk' && !chunk.name.startsWith('staff-'))
        chunk.code = (await minify(chunk.code, options)).code ?? chunk.code
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
    globIgnores: [
      'assets/staff-*',
      'assets/video-*',
      'assets/codes-*',
      'assets/likeness-*',
      'assets/voice-*',
      'assets/online-*',
      'icon.svg',
      'sw.js',
    ], // the tab's icon is no part of a screen
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
    share_target: {
      action: '/compartir', // src/media/sharedFile.ts
      method: 'POST',
      enctype: 'multipart/form-data',
      params: { files: [{ name: 'video', accept: ['video/*'] }] },
    },
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
})

/** The decoder of codes is named as the other files of the scanner, which nobody's phone precaches. */
const assetFileNames = ({ names }: { names: string[] }) =>
  names[0]?.endsWith('.wasm') ? 'assets/codes-[hash][extname]' : 'assets/[name]-[hash][extname]'

type Named = { name: string }
/** The decoder of codes and what works on videos: their files alone may compile WebAssembly, by their names (public/_headers). */
const worker = {
  format: 'es' as const,
  rolldownOptions: {
    output: {
      entryFileNames: ({ name }: Named) =>
        `assets/${name.startsWith('film') ? 'video' : 'codes'}-worker-[hash].js`,
      // the encoder of sound, the only part that a worker fetches later
      chunkFileNames: ({ name }: Named) =>
        `assets/video-${name.includes('aac') ? 'aac' : 'worker'}-[hash].js`,
      assetFileNames,
    },
  },
}

/** Development only: the build must not need a database, and Vite's config loader not its sources. */
async function localBackend() {
  const plugin = pathTo('./supabase/local/vitePlugin.ts')
  const options = { configFile: false, resolve: { alias: { '@': pathTo('./src') } } } as const
  const { module } = await runnerImport<typeof import('./supabase/local/vitePlugin')>(plugin, options)
  return module.localBackend()
}

export default defineConfig(async ({ command }) => ({
  plugins: [
    vue(),
    zipHere,
    smaller,
    early,
    chunkModules,
    pwa,
    command === 'serve' ? await localBackend() : null,
  ],
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
        assetFileNames,
      },
    },
  },
  worker,
}))
