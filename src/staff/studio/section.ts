/** What the studio asks of a section of a campaign: its name, its editor and its words. */
import type { Component } from 'vue'
import type { KindPermission, SectionProblem } from '@/domain/campaignDraft'
import type { RetentionPeriods } from '@/domain/institution'
import type { Institution, Notice } from '@/domain/rows'
import type { KindNotice } from './notice/template'

/** A section's content as it is edited. What an editor does not know stays in it. */
export type SectionData = Record<string, unknown>

/** One line of what a section says, for comparing two versions of it. */
export interface SectionLine {
  label: string
  value: string
  /** The same with its formatting, where it can have any: it may change while the words stay. */
  source?: string
}

export interface StudioSection {
  /** The name in `app.kind_sections`. */
  key: string
  title: string
  /**
   * Props: `data` (the content, edited in place), `context` (`SectionContext`), `problemOf` (`ProblemOf`). Emits `touch`
   * after a change that is no `input` or `change` event.
   */
  Editor: Component
  /** The content in words, in the order of its fields. */
  linesOf(data: SectionData): SectionLine[]
  /** What the field of this id is called, so that what is missing can be told apart; undefined where it needs no name. */
  labelOf(field: string, data: SectionData): string | undefined
  /** What a complete section says beside its name, such as «4 documentos». */
  summaryOf?(data: SectionData): string
}

/** What an editor may know of the campaign around its section. */
export interface SectionContext {
  /** Of the campaign. */
  id: string
  published: boolean
  holidays: ReadonlySet<string>
  notices: readonly Notice[]
  permissions: readonly KindPermission[]
  institution: Institution | null
  /** For how long the institution keeps personal data; undefined where that is not known. */
  periods?: RetentionPeriods | undefined
  /** What the aviso of this kind of campaign says of its own; undefined of a kind that this version does not know. */
  kindNotice: KindNotice | undefined
  /** The content of another section as it is on the screen. */
  dataOf(section: string): SectionData
  /** The content of a section as it is public; null of a draft. */
  publicOf(section: string): SectionData | null
  /** What is wrong with a section and what it lacks, whether or not its fields show it. */
  problemsOf(section: string): readonly SectionProblem[]
}

/** Words for what is wrong at a field's id; undefined where nothing is. */
export type ProblemOf = (field: string) => string | undefined

/** The props of every editor. */
export interface SectionEditorProps {
  context: SectionContext
  problemOf: ProblemOf
}

/** What is not there yet. Anything else contradicts something that is there, and is shown at its field in red. */
const isAbsent = ({ level, code }: SectionProblem): boolean =>
  level === 'missing' &&
  (code.endsWith('_required') || ['notice_unknown', 'notice_incomplete', 'text_unfilled'].includes(code))

/** Whether the field itself shows the problem: an empty field of a draft is no error. `asked`: the checklist led to it. */
export const showsAtField = (problem: SectionProblem, asked: string | null): boolean =>
  problem.level !== 'look' && (!isAbsent(problem) || problem.field === asked)

/** How many problems stop publishing. */
export const countMissing = (problems: readonly SectionProblem[]): number =>
  problems.filter(({ level }) => level !== 'look').length
