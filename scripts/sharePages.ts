/**
 * `npm run share:pages`: writes into `dist` a page without script and a picture for each campaign, published work and page of results,
 * the list of their addresses, and the card of the whole site. Reads the public functions as anybody may. Writes only what changed,
 * deletes what is no longer public first, and goes on where a stopped run ended. Needs SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY and
 * APP_URL (docs/deploy.md).
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bootstrap } from '@/domain/rows'
import {
  isSafePath,
  pageFile,
  pictureFile,
  redirects,
  removeOthers,
  robots,
  sitemap,
  writeWhole,
} from './share/files'
import { bareShell, pageHtml, shellHtml, type Site } from './share/html'
import { drawPicture, pictureName } from './share/picture'
import { findKinds, pagesOf, readerOf, type SharedFolder, type SitePage } from './share/site'

/** Pictures that are drawn at once. */
const AT_ONCE = 4

export interface ShareRun {
  url: string
  key: string
  origin: string
  /** The folder of the built app. */
  folder: string
  kinds: readonly SharedFolder[]
  draw: typeof drawPicture
  say: (line: string) => void
}

export interface ShareCounts {
  pages: number
  written: number
  drawn: number
  removed: number
  bytes: number
}

const siteOf = ({ institution }: Bootstrap, { origin, url }: ShareRun, label: string): Site => ({
  origin,
  files: url,
  institution: institution.name,
  accent: institution.accent,
  label,
})

async function readPages(run: ShareRun, bootstrap: Bootstrap): Promise<SitePage[]> {
  const read = readerOf(run.url, run.key)
  const pages: SitePage[] = []
  for await (const page of pagesOf(bootstrap, run.kinds, read)) {
    if (isSafePath(page.path)) pages.push(page)
    else run.say(`Sin página, por su dirección: ${page.path}`)
  }
  return pages
}

/** Draws the picture, unless it is there, and then writes its page, so that no page names a picture that is missing. */
async function writePage(run: ShareRun, shell: string, page: SitePage, site: Site, counts: ShareCounts) {
  const picture = pictureFile(pictureName(page.picture, site))
  if (!existsSync(join(run.folder, picture))) {
    const drawn = await run.draw(page.picture, site)
    writeWhole(run.folder, picture, drawn)
    counts.drawn += 1
    counts.bytes += drawn.length
  }
  const html = pageHtml(shell, page, `/${picture}`, site)
  if (writeWhole(run.folder, pageFile(page.path), html)) {
    counts.written += 1
    counts.bytes += Buffer.byteLength(html)
  }
}

/** The landing has no page of its own: its document serves every address of the app, and gets a card. */
async function writeLanding(run: ShareRun, shell: string, site: Site, picture: string): Promise<void> {
  const description = /<meta\s+name="description"\s+content="([^"]*)"/u.exec(shell)?.[1] ?? ''
  if (!existsSync(join(run.folder, picture)))
    writeWhole(run.folder, picture, await run.draw(landingPicture(site), site))
  const card = { title: site.institution, description, picture: `/${picture}` }
  writeWhole(run.folder, 'index.html', shellHtml(shell, card, site))
}
const landingPicture = ({ institution }: Site) => ({
  about: 'Participa',
  words: institution,
  state: '',
  foot: '',
})

function writeLists(run: ShareRun, pages: readonly SitePage[]): void {
  const textOf = (name: string) => readFileSync(join(run.folder, name), 'utf8')
  const listed = pages.filter((page) => page.listed).map(({ path }) => run.origin + path)
  writeWhole(run.folder, 'sitemap.xml', sitemap([`${run.origin}/`, ...listed]))
  writeWhole(run.folder, 'robots.txt', robots(textOf('robots.txt'), run.origin))
  const campaigns = pages.map(({ path }) => path).filter((path) => path.split('/').length === 3)
  writeWhole(run.folder, '_redirects', redirects(textOf('_redirects'), campaigns))
}

/** Makes the folder as what is public now asks for. A read that fails changes nothing. */
export async function sharePages(run: ShareRun): Promise<ShareCounts> {
  const shell = bareShell(readFileSync(join(run.folder, 'index.html'), 'utf8'))
  const bootstrap = await readerOf(run.url, run.key)('bootstrap', undefined as never)
  const pages = await readPages(run, bootstrap)
  const siteFor = (label: string) => siteOf(bootstrap, run, label)
  const landing = siteFor(bootstrap.institution.demo_label ?? '')
  const landingFile = pictureFile(pictureName(landingPicture(landing), landing))
  const counts: ShareCounts = { pages: pages.length, written: 0, drawn: 0, removed: 0, bytes: 0 }
  const kept = pages.flatMap(({ path, picture, label }) => [
    pageFile(path),
    pictureFile(pictureName(picture, siteFor(label))),
  ])
  counts.removed = removeOthers(run.folder, new Set([...kept, landingFile]))
  writeLists(run, pages)
  await writeLanding(run, shell, landing, landingFile)
  const waiting = [...pages]
  const draw = async () => {
    for (let page = waiting.shift(); page; page = waiting.shift())
      await writePage(run, shell, page, siteFor(page.label), counts)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, draw))
  return counts
}

const VARIABLES = ['SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY', 'APP_URL'] as const

async function main(): Promise<void> {
  const missing = VARIABLES.filter((name) => !process.env[name])
  if (missing.length > 0) throw new Error(`Faltan variables: ${missing.join(', ')} (docs/deploy.md)`)
  const [url, key, origin] = VARIABLES.map((name) => process.env[name]!.replace(/\/$/u, ''))
  const folder = join(import.meta.dirname, '../dist')
  if (!existsSync(join(folder, 'index.html'))) throw new Error('Falta dist: corre npm run build antes')
  const began = performance.now()
  const run = {
    url: url!,
    key: key!,
    origin: origin!,
    folder,
    kinds: await findKinds(),
    draw: drawPicture,
    say: console.log,
  }
  const { pages, written, drawn, removed, bytes } = await sharePages(run)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    `${pages} páginas: ${written} escritas, ${drawn} imágenes nuevas, ${removed} archivos retirados, ${bytes} bytes, ${seconds} s`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
