/**
 * The gate «links of the documents». In the project's Markdown, every relative link, image, `#anchor`, repository path
 * and cited test must exist; in code, every cited document. Prints one line for each that does not, and exits 1.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A word in backticks that starts with one of these folders is a repository path. */
const ROOTS = ['src', 'docs', 'supabase', 'tests', 'scripts', 'public', '.github']
const REPO_PATH = new RegExp(`^(?:${ROOTS.join('|').replace('.', '\\.')})/[^\\s«»…]*$`, 'u')
/** The files whose citations are checked. The test of this gate cites invented documents. */
const CODE = /^(?!scripts\/docs\.test\.ts$).*\.(?:ts|vue|css|sql|cjs|toml|ya?ml|html)$/u

interface Repository {
  root: string
  /** Files and folders relative to the root, without ignored ones. */
  paths: Set<string>
}

/** Reads `.gitignore` itself, so that it works in a copy without git. That file may name folders and `*.ext` only. */
function readRepository(root: string): Repository {
  const file = path.join(root, '.gitignore')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const ignored = new Set(['.git', ...lines.flatMap((line) => /^([^*]+)\/$/u.exec(line)?.[1] ?? [])])
  const paths = new Set<string>()
  const walk = (folder: string) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name)
      if (ignored.has(entry.name) || ignored.has(name)) continue
      paths.add(name)
      if (entry.isDirectory()) walk(name)
    }
  }
  walk('')
  return { root, paths }
}

const withoutFences = (text: string) => text.replace(/^[ \t]*```.*?^[ \t]*```/gmsu, '')
const withoutCode = (text: string) => withoutFences(text).replace(/`[^`\n]*`/gu, '')

/** The anchors of a document, as the usual forges derive them from headings. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>()
  const slugs = [...withoutFences(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gmu)].map(([, heading]) => {
    const words = heading!.replace(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1').toLowerCase()
    const slug = words.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  })
  const named = [...text.matchAll(/\b(?:id|name)="([^"]+)"/gu)].map(([, name]) => name!)
  return new Set([...slugs, ...named])
}

const read = ({ root }: Repository, name: string) => readFileSync(path.join(root, name), 'utf8')

/** The targets of links and images in Markdown and HTML, without absolute ones. */
function linksOf(text: string): string[] {
  const plain = withoutCode(text)
  const found = [
    ...plain.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/gu),
    ...plain.matchAll(/^\[[^\]]+\]:\s*(\S+)/gmu),
    ...plain.matchAll(/\b(?:href|src)="([^"]+)"/gu),
  ]
  return found.map(([, target]) => target!).filter((target) => !/^[a-z][a-z\d+.-]*:/iu.test(target))
}

function isLinkGood(repository: Repository, from: string, link: string): boolean {
  const [target = '', anchor] = link.split('#')
  const name = target === '' ? from : path.posix.normalize(path.posix.join(path.posix.dirname(from), target))
  if (!repository.paths.has(name.replace(/\/$/u, ''))) return false
  return anchor === undefined || !name.endsWith('.md') || anchorsOf(read(repository, name)).has(anchor)
}

/** The repository paths in backticks and in shell blocks. In them `*` and `<name>` match any part of a name. */
function pathsIn(text: string): string[] {
  const shell = [...text.matchAll(/^[ \t]*```sh\n(.*?)^[ \t]*```/gmsu)].flatMap(([, code]) =>
    code!.split(/\s+/u),
  )
  const ticked = [...withoutFences(text).matchAll(/`([^`\n]+)`/gu)].map(([, code]) => code!)
  return [...ticked, ...shell].filter((word) => REPO_PATH.test(word))
}

function isPathGood({ paths }: Repository, word: string): boolean {
  const name = word.replace(/\/$/u, '')
  if (!/[*<]/u.test(name)) return paths.has(name)
  const parts = name.split(/\*+|<[^>]*>/u).map((part) => part.replace(/[.+?^${}()|[\]\\]/gu, '\\$&'))
  const pattern = new RegExp(`^${parts.join('[^/]+')}$`, 'u')
  return [...paths].some((one) => pattern.test(one))
}

const missingIn = (repository: Repository, from: string, text: string): string[] => [
  ...linksOf(text)
    .filter((link) => !isLinkGood(repository, from, link))
    .map((link) => `the link ${link} leads nowhere`),
  ...pathsIn(text)
    .filter((word) => !isPathGood(repository, word))
    .map((word) => `${word} does not exist`),
  ...missingTests(repository, from, text),
]

/** A link whose words are «file › title» cites a test. The title is a whole string of that file, as its source has it. */
const CITED_TEST = /\[([\w.-]+) › ([^\]\n]+)\]\(([^)\s]+)\)/gu

function missingTests(repository: Repository, from: string, text: string): string[] {
  return [...withoutFences(text).matchAll(CITED_TEST)].flatMap(([, file, title, link]) => {
    const name = path.posix.join(path.posix.dirname(from), link!)
    if (!repository.paths.has(name)) return [] // reported as a link
    if (path.posix.basename(name) !== file) return [`${link} is not ${file}`]
    const source = read(repository, name)
    const isThere = ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`))
    return isThere ? [] : [`${link} has no test «${title}»`]
  })
}

/** Citations of missing documents, and of documents by their bare name, which a reader cannot open. */
function missingCitations(repository: Repository, text: string): string[] {
  const documents = [...repository.paths].filter((name) => /^docs\/[^/]+\.md$/u.test(name))
  const bare = documents.map((name) => path.posix.basename(name)).filter((name) => name !== 'README.md')
  const cited = [...text.matchAll(/(?<![\w/.-])(?:[\w.-]+\/)*[\w-]+\.md(?:#[\w-]+)?/gu)].map(([word]) => word)
  return [
    ...cited
      .filter((word) => word.startsWith('docs/') && !isLinkGood(repository, 'README.md', word))
      .map((word) => `cites ${word}, which does not exist`),
    ...cited
      .filter((word) => bare.includes(word))
      .map((word) => `cites ${word}: write docs/${word}, or the decision`),
  ]
}

/** Every broken reference below `root`, each as `file: what is wrong`. */
export function findBroken(root: string): string[] {
  const repository = readRepository(root)
  const of = (files: RegExp, find: (name: string, text: string) => string[]) =>
    [...repository.paths]
      .filter((name) => files.test(name))
      .flatMap((name) => find(name, read(repository, name)).map((problem) => `${name}: ${problem}`))
  return [
    ...of(/\.md$/u, (name, text) => missingIn(repository, name, text)),
    ...of(CODE, (_, text) => missingCitations(repository, text)),
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const broken = findBroken(path.resolve(import.meta.dirname, '..'))
  for (const line of broken) console.error(line)
  process.exitCode = broken.length === 0 ? 0 : 1
}
