/**
 * The gate «kinds known in one place». It finds code outside the folder of a kind of campaign that contains the
 * kind's name, one of its ops, or the letters of its folios. Shared code reads traits instead
 * (`src/domain/kinds.ts`), so that a new kind is one folder in `src/features/`. Exits 1 when it finds such code.
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

/** Matches a whole string, a key of an object, and the letters of folios as a string or in a pattern. */
const namesOf = ({ name, folioPrefix, ops }: Kind): RegExp => {
  const whole = [name, ...Object.keys(ops)].map(escaped).join('|')
  return new RegExp(
    `(['"\`])(?:${whole})\\1|(?:[{,]|^)\\s*(?:${name})\\??:|(['"\`(|])${folioPrefix}(?:\\2|[-|)])`,
    'u',
  )
}

/** Comments may name a kind as an example. */
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
