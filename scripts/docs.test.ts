import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findBroken } from './docs'

let root: string
beforeEach(() => (root = mkdtempSync(path.join(os.tmpdir(), 'convoca-docs-'))))
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Writes these files and returns the problems that the gate finds in them. */
function broken(files: Record<string, string>): string[] {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(root, path.dirname(name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  return findBroken(root)
}

const SYNC = '# Sync\n\n## What «saved» means, exactly\n\n## Twice\n\n## Twice\n'

test('links to files, folders, pictures and headings that exist are accepted', () => {
  const files = {
    'README.md':
      '[a](docs/sync.md) [b](docs/sync.md#what-saved-means-exactly) [c](docs/) [d](#here) [e](https://example.org/x)\n' +
      '[f](docs/sync.md#twice-1) <img src="docs/home.png" alt="">\n\n## Here\n',
    'docs/sync.md': `${SYNC}[back](../README.md)\n`,
    'docs/home.png': '',
  }
  expect(broken(files)).toEqual([])
})

test.each([
  ['a link to a missing file', '[a](docs/gone.md)', 'the link docs/gone.md leads nowhere'],
  ['a link to a missing heading', '[a](docs/sync.md#gone)', 'the link docs/sync.md#gone leads nowhere'],
  ['an anchor of the same page', '[a](#gone)', 'the link #gone leads nowhere'],
  ['a missing picture', '![a](docs/gone.png)', 'the link docs/gone.png leads nowhere'],
  ['a missing picture in HTML', '<img src="docs/gone.png">', 'the link docs/gone.png leads nowhere'],
  ['a reference', '[a][b]\n\n[b]: docs/gone.md', 'the link docs/gone.md leads nowhere'],
  ['a path in backticks', 'See `src/gone.ts`.', 'src/gone.ts does not exist'],
  ['a pattern without a match', 'See `src/<kind>/*.sql`.', 'src/<kind>/*.sql does not exist'],
  [
    'a path in a shell block of a list',
    '1. Run\n   ```sh\n   npx vitest run src/gone.ts\n   ```',
    'src/gone.ts does not exist',
  ],
  ['a path in a shell block', '```sh\nnpx vitest run src/gone.ts\n```', 'src/gone.ts does not exist'],
])('%s is reported', (_, text, problem) => {
  expect(broken({ 'README.md': text, 'docs/sync.md': SYNC })).toEqual([`README.md: ${problem}`])
})

test('an existing path, a pattern with a match and words that are not repository paths are accepted', () => {
  const text = '`src/a/form.ts` `src/<kind>/form.ts` `src/a/` `npm run check` `/src/x` `a src/b`'
  expect(broken({ 'README.md': text, 'src/a/form.ts': '' })).toEqual([])
})

test('a cited test that its file no longer has is reported', () => {
  const cite = (title: string, file = 'a.test.ts') => `[${file} › ${title}](../src/a.test.ts)`
  const titles = ['one «thing»', 'of %s', 'made of ${parts}', 'one', 'gone']
  const files = {
    'docs/faults.md': [...titles.map((title) => cite(title)), cite('of %s', 'b.test.ts')].join(' '),
    'src/a.test.ts': "test('one «thing»')\ntest.each([])('of %s')\ntest(`made of ${parts}`)\n",
  }
  expect(broken(files)).toEqual([
    'docs/faults.md: ../src/a.test.ts has no test «one»',
    'docs/faults.md: ../src/a.test.ts has no test «gone»',
    'docs/faults.md: ../src/a.test.ts is not b.test.ts',
  ])
})

test('links and paths in other code blocks are ignored', () => {
  const text =
    '```ts\n[a](gone.md) `src/gone.ts`\n```\n\n1. In a list\n   ```ts\n   [a](gone.md) `src/gone.ts`\n   ```\n'
  expect(broken({ 'README.md': text })).toEqual([])
})

test('code that cites a missing document, or a document without its folder, is reported', () => {
  const files = {
    'src/a.ts': '/** docs/gone.md, docs/sync.md */',
    'src/b.sql': '-- sync.md, third-party/sync.md',
    'docs/sync.md': SYNC,
  }
  expect(broken(files)).toEqual([
    'src/a.ts: cites docs/gone.md, which does not exist',
    'src/b.sql: cites sync.md: write docs/sync.md, or the decision',
  ])
})

test('ignored files are not read and do not count as existing', () => {
  const files = { '.gitignore': 'dist/\n*.log\n', 'dist/a.md': '[a](gone.md)', 'README.md': '[a](dist/a.md)' }
  expect(broken(files)).toEqual(['README.md: the link dist/a.md leads nowhere'])
})
