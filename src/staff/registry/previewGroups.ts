/** The preview of an import as its screen shows it. */
import type { BodyFields, BodyVerdict, ImportPreview } from '@/domain/registry'
import { FIELDS, type Field } from './reader/columns'
import type { Table } from './reader/table'
import { FIELD_WORDS, problemText, t } from './words'

export type PreviewGroup = 'wrong' | 'twins' | 'new' | 'changed' | 'gone' | 'same'

export interface PreviewLine {
  line: number | null
  title: string
  facts: string[]
  isWrong?: boolean
  /** The row is one with its twin until somebody says that it is another body. */
  isTwin?: boolean
}

/** The names of classes and municipalities by their keys. */
interface Names {
  classes: ReadonlyMap<string, string>
  towns: ReadonlyMap<string, string>
}

const KEY_OF: Readonly<Record<Field, keyof BodyFields>> = {
  name: 'name',
  acronym: 'acronym',
  class: 'class_key',
  municipality: 'municipality',
  active: 'active',
  domains: 'domains',
}

function valueOf(body: BodyFields, field: Field, { classes, towns }: Names): string {
  const value = body[KEY_OF[field]]
  if (field === 'active') return t(value ? 'state.active' : 'state.retired')
  if (Array.isArray(value)) return value.join(' ') || t('preview.empty')
  const text = (value as string | null) ?? ''
  return (classes.get(text) ?? towns.get(text) ?? text) || t('preview.empty')
}

const factsOf = (body: BodyFields, { classes, towns }: Names) => [
  [classes.get(body.class_key), body.municipality && towns.get(body.municipality), body.acronym]
    .filter(Boolean)
    .join(' · '),
]

function changesOf({ before, after }: BodyVerdict, names: Names): string[] {
  if (!before) return []
  return FIELDS.flatMap((field) => {
    const [was, is] = [before, after].map((body) => valueOf(body, field, names))
    return was === is ? [] : [t('preview.change', { field: FIELD_WORDS[field], was: was!, is: is! })]
  })
}

const codesOf = ({ problems }: BodyVerdict) => problems.map(({ code }) => code as string)
const hasTwin = (verdict: BodyVerdict) => codesOf(verdict).some((code) => code.startsWith('body_twin'))

const lineOf = (verdict: BodyVerdict, facts: string[]): PreviewLine => ({
  line: verdict.line,
  title: verdict.after.name || t('preview.nameless'),
  facts,
})

/** Rows that could not be read and rows that SQL refuses, in the order of the file. */
function wrongLines(table: Table, rows: readonly BodyVerdict[]): PreviewLine[] {
  const unread = table.problems.map(({ line, code, detail }) => ({
    line,
    title: t('preview.unread'),
    facts: [problemText(code, detail)],
    isWrong: true,
  }))
  const refused = rows.map((verdict) => {
    const wrong = verdict.problems.filter(({ level }) => level === 'wrong')
    const facts = wrong.map(({ field, code }) => `${FIELD_WORDS[field as Field]}: ${problemText(code)}`)
    return { ...lineOf(verdict, facts), isWrong: true }
  })
  return [...unread, ...refused].sort((a, b) => a.line! - b.line!)
}

function twinLine(verdict: BodyVerdict, apart: ReadonlySet<number>): PreviewLine {
  const facts = [
    t('preview.twin', { name: verdict.twin ?? '' }),
    ...codesOf(verdict).map((code) => problemText(code)),
  ]
  const isTwin = codesOf(verdict).includes('body_twin') || apart.has(verdict.line)
  return { ...lineOf(verdict, facts), isTwin }
}

/** All groups, in the order in which they need attention. Each row is in one of them. */
export function groupsOf(
  table: Table,
  { rows, gone }: ImportPreview,
  names: Names,
  apart: ReadonlySet<number>,
): { key: PreviewGroup; lines: PreviewLine[] }[] {
  const good = rows.filter(({ status }) => status !== 'wrong')
  const plain = good.filter((verdict) => !hasTwin(verdict))
  const linesOf = (status: BodyVerdict['status'], factsFor: (verdict: BodyVerdict) => string[]) =>
    plain.filter((one) => one.status === status).map((one) => lineOf(one, factsFor(one)))
  const facts = ({ after }: BodyVerdict) => factsOf(after, names)
  const goneLine = ({ name, class_key }: ImportPreview['gone'][number]) => ({
    line: null,
    title: name,
    facts: [names.classes.get(class_key) ?? class_key],
  })
  return [
    {
      key: 'wrong',
      lines: wrongLines(
        table,
        rows.filter(({ status }) => status === 'wrong'),
      ),
    },
    { key: 'twins', lines: good.filter(hasTwin).map((one) => twinLine(one, apart)) },
    { key: 'new', lines: linesOf('new', facts) },
    { key: 'changed', lines: linesOf('changed', (one) => changesOf(one, names)) },
    { key: 'gone', lines: gone.map(goneLine) },
    {
      key: 'same',
      lines: [...linesOf('same', facts), ...linesOf('merged', () => [problemText('body_merged')])],
    },
  ]
}
