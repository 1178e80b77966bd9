/** Migrations are edited in place until 1.0: each definition stands once, in its current form. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const FOLDER = path.resolve(import.meta.dirname, '../../supabase/migrations')

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.sql'))
const withoutComments = (file: string) =>
  readFileSync(path.join(FOLDER, file), 'utf8').replace(/--.*$/gm, '').toLowerCase()

/** The statements of a file, each on one line and without function bodies. */
const statementsOf = (file: string) =>
  withoutComments(file)
    .replace(/\$(\w*)\$[^]*?\$\1\$/g, '')
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim())

const statements = files.flatMap(statementsOf)

test('every table and function is defined once in all migrations', () => {
  const names = statements.flatMap(
    (statement) =>
      /^create (?:or replace )?(?:table|function) (?:if not exists )?([\w."]+)/.exec(statement)?.[1] ?? [],
  )
  expect(names.length).toBeGreaterThan(300)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

test('no migration replaces a definition, not even inside a block', () => {
  const replacing = files.filter((file) => /\bcreate\s+or\s+replace\b/.test(withoutComments(file)))
  expect(replacing).toEqual([])
})

test('no migration changes or drops a definition of another migration', () => {
  const changes = statements.filter(
    (statement) =>
      /^(drop|update|delete|truncate|alter (table|function|type|sequence|index|trigger|policy)) /.test(
        statement,
      ) && !/^alter table [\w.]+ enable row level security$/.test(statement),
  )
  expect(changes).toEqual([
    'alter table app.staff add foreign key (jornada_id) references app.jornadas on delete cascade', // the reason stands beside it
  ])
})

test('no definition folds the letters of an address, or takes one of many rows without saying which', () => {
  const folds = files.filter((file) =>
    /\b(lower|upper|citext|ilike)\b[^;\n]*\b(e?mail|recipient)/.test(withoutComments(file)),
  )
  expect(folds).toEqual([])
  const anyOf = files.flatMap((file) =>
    [...withoutComments(file).matchAll(/(?:[^;]*?)\blimit 1\b/g)].flatMap(([text]) =>
      /\border by\b(?![^]*\bfrom\b)/.test(text.slice(text.lastIndexOf('select')))
        ? []
        : [`${file}: ${text.slice(-80)}`],
    ),
  )
  expect(anyOf).toEqual([])
})
