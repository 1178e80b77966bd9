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

type Names = ReadonlyMap<string, string>
const KEY_OF: Readonly<Record<Field, keyof BodyFields>> = {
  name: 'name',
  acronym: 'acronym',
  class: 'class_key',
  municipality: 'municipality',
  active: 'active',
  domains: 'domains',
}

function valueOf(body: BodyFields, field: Field, classes: Names, towns: Names): string {
  const value = body[KEY_OF[field]]
  if (field === 'active') return t(value ? 'state.active' : 'state.retired')
  if (Array.isArray(value)) return value.join(' ') || t('preview.empty')
  const text = (value as string | null) ?? ''
  return (classes.get(text) ?? towns.get(text) ?? text) || t('preview.empty')
}

const factsOf = (body: BodyFields, classes: Names, towns: Names) => [
  [classes.get(body.class_key), body.municipality && towns.get(body.municipality), body.acronym]
    .filter(Boolean)
    .join(' · '),
]

function changesOf({ before, after }: BodyVerdict, classes: Names, towns: Names): string[] {
  if (!before) return []
  return FIELDS.flatMap((field) => {
    const [was, is] = [before, after].map((body) => valueOf(body, field, classes, towns))
    return was === is ? [] : [t('preview.change', { field: FIELD_WORDS[field], was: was!, is: is! })]
  })
}

const codesOf = ({ problems }: BodyVerdict) => problems.map(({ code }) => code as string)
const isTwin = (verdict: BodyVerdict) => codesOf(verdict).some((code) => code.startsWith('body_twin'))

/** All groups, in the order in which they need attention. A row is in the first that fits; `same` says nothing. */
export function groupsOf(
  table: Table,
  { rows, gone }: ImportPreview,
  classes: Names,
  towns: Names,
  apart: ReadonlySet<number>,
): { key: PreviewGroup; lines: PreviewLine[] }[] {
  const unread = table.problems.map(({ line, code, detail }) => ({
    line,
    title: t('preview.unread'),
    facts: [problemText(code, detail)],
    isWrong: true,
  }))
  const wrong = rows.filter(({ status }) => status === 'wrong')
  const good = rows.filter(({ status }) => status !== 'wrong')
  const lineOf = (verdict: BodyVerdict, facts: string[]): PreviewLine => ({
    line: verdict.line,
    title: verdict.after.name || t('preview.nameless'),
    facts,
  })
  const problemsOf = (verdict: BodyVerdict) =>
    verdict.problems
      .filter(({ level }) => level === 'wrong')
      .map(({ field, code }) => `${FIELD_WORDS[field as Field]}: ${problemText(code)}`)
  const twinFacts = (verdict: BodyVerdict) => [
    t('preview.twin', { name: verdict.twin ?? '' }),
    ...codesOf(verdict).map((code) => problemText(code)),
  ]
  const ofStatus = (status: BodyVerdict['status']) =>
    good.filter((verdict) => verdict.status === status && !isTwin(verdict))
  const sorted = [...unread, ...wrong.map((one) => ({ ...lineOf(one, problemsOf(one)), isWrong: true }))]
  return [
    { key: 'wrong', lines: sorted.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) },
    {
      key: 'twins',
      lines: good.filter(isTwin).map((one) => ({
        ...lineOf(one, twinFacts(one)),
        isTwin: codesOf(one).includes('body_twin') || apart.has(one.line),
      })),
    },
    { key: 'new', lines: ofStatus('new').map((one) => lineOf(one, factsOf(one.after, classes, towns))) },
    { key: 'changed', lines: ofStatus('changed').map((one) => lineOf(one, changesOf(one, classes, towns))) },
    {
      key: 'gone',
      lines: gone.map(({ name, class_key }) => ({
        line: null,
        title: name,
        facts: [classes.get(class_key) ?? class_key],
      })),
    },
    {
      key: 'same',
      lines: [...ofStatus('same'), ...ofStatus('merged')].map((one) =>
        lineOf(
          one,
          one.status === 'merged' ? [problemText('body_merged')] : factsOf(one.after, classes, towns),
        ),
      ),
    },
  ]
}
