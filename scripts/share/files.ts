/** The files of shared pages in the folder of the built app: written whole, only where they changed, and deleted with their item. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** The folders that only this command writes. */
const PAGES = 'c'
export const PICTURES = 'share'

/** A path that is a file's name on any host and never leads out of the folder. */
const SAFE = /^\/c(?:\/[A-Za-z0-9][A-Za-z0-9-]*)+$/u
export const isSafePath = (path: string): boolean => SAFE.test(path)

/** The file of a page: hosts answer `/c/x` with `c/x.html`. */
export const pageFile = (path: string): string => `${path.slice(1)}.html`
export const pictureFile = (name: string): string => `${PICTURES}/${name}.png`

const readIf = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null)

/** Writes a file so that no host ever serves half of it; answers whether it was another before. */
export function writeWhole(folder: string, name: string, content: string | Uint8Array): boolean {
  const file = join(folder, name)
  if (typeof content === 'string' && readIf(file) === content) return false
  mkdirSync(dirname(file), { recursive: true })
  const half = `${file}.half`
  writeFileSync(half, content)
  renameSync(half, file)
  return true
}

/** Deletes what no item has any more, and what a stopped run left half written; answers how many files. */
export function removeOthers(folder: string, kept: ReadonlySet<string>): number {
  const names = [PAGES, PICTURES].flatMap((part) => filesIn(folder, part))
  const gone = names.filter((name) => !kept.has(name))
  for (const name of gone) rmSync(join(folder, name))
  return gone.length
}

function filesIn(folder: string, part: string): string[] {
  const root = join(folder, part)
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

/** `sitemap.xml` holds 50,000 addresses at most (sitemaps.org); the newest campaigns come first. */
const MOST_ADDRESSES = 50_000
export const sitemap = (addresses: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...addresses.slice(0, MOST_ADDRESSES).map((address) => `<url><loc>${address}</loc></url>`),
    '</urlset>',
    '',
  ].join('\n')

/** `robots.txt` with the address of the list. */
export const robots = (text: string, origin: string): string =>
  `${text.replace(/^Sitemap:.*\n?/gmu, '').trimEnd()}\nSitemap: ${origin}/sitemap.xml\n`

const MARK = '# share:pages: the card of a campaign for its addresses without a page.'
/** `_redirects` where addresses of a campaign without a page show the campaign's, before the rules of the app. */
export function redirects(text: string, campaigns: readonly string[]): string {
  const own = text
    .split('\n')
    .filter((line) => line !== MARK && !/^\/c\/\S+\/\* \/c\/\S+\.html 200$/u.test(line))
  const rules = campaigns.map((path) => `${path}/* ${path}.html 200`)
  return [...(rules.length > 0 ? [MARK, ...rules] : []), ...own].join('\n')
}
