/**
 * The byte budgets of a citizen's phone. It measures the files of `vite build` with gzip, compares the sums with their
 * limits, and searches the files for secret keys. Exits 1 when a limit is exceeded.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isStaffFile } from '@/staff/offline/staffFiles'
import {
  filesOfPage,
  importsOutside,
  mediaLibraryElsewhere,
  staffOnCitizensPhones,
  videoCodeForEverybody,
  type Graph,
} from './citizenGraph'

const DIST = join(import.meta.dirname, '../dist')
const KB = 1024

interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
  css?: string[]
}
type Manifest = Record<string, Chunk>

const gzip = (file: string) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length
const sum = (files: Iterable<string>) => [...files].reduce((total, file) => total + gzip(file), 0)

/** The files of a chunk and of all its static imports. */
function graphOf(manifest: Manifest, name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name]
  if (!chunk || seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const imported of chunk.imports ?? []) graphOf(manifest, imported, seen)
  return seen
}

/** The files that the service worker precaches, from the list that the build injects. */
function precached(): string[] {
  const worker = readFileSync(join(DIST, 'sw.js'), 'utf8')
  const urls = [...worker.matchAll(/["'`{,]url["'`]?:\s*["'`]([^"'`]+)["'`]/gu)].map((match) => match[1]!)
  if (urls.length === 0) throw new Error('the worker’s precache list was not found')
  return [...new Set(urls)]
}

/** Files of the build that contain a secret key of Supabase or the name of its role. */
const leaks = () =>
  readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.(js|css|html|json|webmanifest)$/u.test(file.name))
    .filter((file) => /sb_secret_|service_role/u.test(readFileSync(join(file.parentPath, file.name), 'utf8')))

/** Drawings of public/figures.svg in these files; their shapes are to be fetched when they are drawn. */
function drawingsIn(files: Iterable<string>): number {
  const shapes = [...readFileSync(join(DIST, 'figures.svg'), 'utf8').matchAll(/ d="([^"]{20,})"/gu)]
  if (shapes.length === 0) throw new Error('no shape was found in figures.svg')
  const code = [...files].map((file) => readFileSync(join(DIST, file), 'utf8')).join('')
  return shapes.filter(([, shape]) => code.includes(shape!)).length
}

/** A budget used beyond this share is reported as tight, so that the next fix still fits. */
const WARN_AT = 0.97

const wordOf = (bytes: number, limit: number) =>
  bytes > limit ? 'OVER  ' : limit > 0 && bytes > limit * WARN_AT ? 'TIGHT ' : 'within'

const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Manifest
const entry = Object.keys(manifest).find((name) => manifest[name]!.isEntry)
if (!entry) throw new Error('no entry in the manifest')
const list = precached()
const graph = JSON.parse(readFileSync(join(DIST, '.vite/graph.json'), 'utf8')) as Graph
const missing = importsOutside(graph, list)
const staffKeep = graph.chunks.map(({ fileName }) => fileName).filter((file) => isStaffFile(`/${file}`))
const missingForStaff = importsOutside(graph, [...list, ...staffKeep])
const strays = staffOnCitizensPhones(graph, list)
const early = videoCodeForEverybody(graph, list)
const strayLibrary = mediaLibraryElsewhere(graph)
/** The scripts that a page waits for on a first visit. */
const page = (...modules: string[]) => sum(filesOfPage(graph, modules))
const assets = readdirSync(join(DIST, 'assets'))
const staff = assets.filter((file) => file.startsWith('staff-'))
const scanner = assets.filter((file) => file.startsWith('codes-')).map((file) => join('assets', file))
/** What those who may film fetch: first the page's part, then the worker, then the encoder of sound where one is missing. */
const [aac, filmWorker, video] = [/^video-aac-/u, /^video-worker-/u, /^video-(?!aac-|worker-)/u].map((name) =>
  assets.filter((file) => name.test(file)).map((file) => join('assets', file)),
) as [string[], string[], string[]]

const budgets: [what: string, bytes: number, limit: number][] = [
  ['static JavaScript of the entry', sum(graphOf(manifest, entry)), 48 * KB],
  ['drawings in the static JavaScript of the entry', drawingsIn(graphOf(manifest, entry)), 0],
  ['service worker', gzip('sw.js'), 48 * KB],
  ['everything precached for a citizen', sum(list), 288 * KB],
  ['code that only those who may film fetch', sum(video), 105 * KB],
  ['what cuts videos and makes them lighter', sum(filmWorker), 128 * KB],
  ['the encoder of sound, where a browser has none', sum(aac), 256 * KB],
  ['the scanner and its decoder, which those who scan fetch', sum(scanner), 480 * KB],
  ['files of the scanner among the precached', list.filter((url) => url.includes('codes-')).length, 0],
  ['precached files that need one which is not', missing.length, 0],
  ['files that staff keep and that need one which nobody keeps', missingForStaff.length - missing.length, 0],
  ['modules of the form of a video that every phone fetches', early.length, 0],
  ['files beside those of videos that load the media library', strayLibrary.length, 0],
  ['scripts of a campaign’s page', page('src/features/convocatoria/ConvocatoriaView.vue'), 96 * KB],
  ['scripts of the gallery', page('src/features/videos/GaleriaView.vue'), 104 * KB],
  ['scripts of a proposal’s form', page('src/features/propuestas/PropuestaFormView.vue'), 182 * KB],
  ['staff files among the precached', list.filter((url) => url.includes('staff-')).length, 0],
  ['staff modules that a citizen’s phone can fetch', strays.length, 0],
  ['files with a secret key', leaks().length, 0],
]
for (const [what, bytes, limit] of budgets)
  console.info(
    `${wordOf(bytes, limit)} ${what}: ${bytes.toLocaleString('en')} of ${limit.toLocaleString('en')}`,
  )
for (const where of [...missingForStaff, ...strays, ...early, ...strayLibrary])
  console.error(`       ${where}`)
if (
  aac.length !== 1 ||
  filmWorker.length !== 1 ||
  !readFileSync(join(DIST, filmWorker[0]!), 'utf8').includes(basename(aac[0]!))
)
  throw new Error('the worker of videos is not one file and its encoder')
if (staff.length === 0) throw new Error('no staff chunk was found: the names changed and the check is blind')
process.exitCode = budgets.some(([, bytes, limit]) => bytes > limit) ? 1 : 0
