/**
 * Finds every place that names a kind of campaign outside its own folder: by the kind's name, by an op that only it
 * has, or by the letters of its folios. Shared code reads traits instead (`src/domain/kinds.ts`), and a fourth kind
 * is a folder in `src/features/`. Exits 1 when it finds one.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

const ROOT = join(import.meta.dirname, '..')
const SRC = join(ROOT, 'src')

interface Kind {
  name: string
  folioPrefix: string
  ops: object
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(SRC, join(entry.parentPath, entry.name)).split(sep).join('/'))

const files = filesIn(SRC).filter(
  (file) => /\.(ts|vue)$/u.test(file) && !/\.test(-d)?\.ts$|(^|\/)testing\//u.test(file),
)
const modules = await Promise.all(
  files
    .filter((file) => /^features\/[^/]+\/kind\.ts$/u.test(file))
    .map(async (file) => ({
      folder: file.replace('kind.ts', ''),
      kind: ((await import(pathToFileURL(join(SRC, file)).href)) as { kind: Kind }).kind,
    })),
)
if (modules.length === 0)
  throw new Error('no kind was found: its file has another name and the check is blind')

const escaped = (text: string) => text.replaceAll('.', '\\.')

/** A whole string, a key of an object, or letters in front of a folio or of other letters of folios. */
const namesOf = ({ name, folioPrefix, ops }: Kind): RegExp => {
  const whole = [name, ...Object.keys(ops)].map(escaped).join('|')
  return new RegExp(
    `(['"\`])(?:${whole})\\1|(?:[{,]|^)\\s*(?:${name})\\??:|(['"\`(|])${folioPrefix}(?:\\2|[-|)])`,
    'u',
  )
}

/** A comment may cite a kind as an example. */
const withoutComments = (line: string) => line.replace(/^\s*(\/?\*|\/\/).*$|\s\/\/ .*$/u, '')

const found = modules.flatMap(({ folder, kind }) => {
  const names = namesOf(kind)
  return files
    .filter((file) => !file.startsWith(folder))
    .flatMap((file) =>
      readFileSync(join(SRC, file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          names.test(withoutComments(line))
            ? [`src/${file}:${index + 1} names ${kind.name}: ${line.trim()}`]
            : [],
        ),
    )
})
for (const place of found) console.error(place)
console.info(`${modules.length} kinds of campaign, ${files.length} files, ${found.length} places outside`)
process.exitCode = found.length === 0 ? 0 : 1
