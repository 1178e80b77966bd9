/** Importing a file in steps: what was read of it, which column is which, what it would do, what it did. */
import { computed, ref, shallowRef } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import type { BodyInput, ImportCounts, ImportPreview } from '@/domain/registry'
import { attemptsOf } from '../attempt'
import { FIELDS, matchColumns, REQUIRED, toInputs, type ColumnMatch } from './reader/columns'
import type { Encoding } from './reader/encoding'
import { readTable } from './reader/readTable'
import { type Table, UnreadableFile } from './reader/table'
import { actProblem } from './useRegistryAct'
import { problemText, t } from './words'

export type ImportStep = 'file' | 'columns' | 'preview' | 'done'

const EMPTY_MATCH = Object.fromEntries(FIELDS.map((field) => [field, null])) as ColumnMatch

/** What stands between a file and its import: rows that cannot be read, and rows that SQL refuses. */
const countWrong = (table: Table | null, preview: ImportPreview | null) =>
  (table?.problems.length ?? 0) + (preview?.rows.filter(({ status }) => status === 'wrong').length ?? 0)

/** Where the import stands. `apart` holds the lines of the file that name another body than their twin. */
const createState = () => ({
  step: ref<ImportStep>('file'),
  isBusy: ref(false),
  problem: ref(''),
  fileName: ref(''),
  bytes: shallowRef(new Uint8Array()),
  /** As found in the bytes; people may choose another one. */
  found: ref<Encoding | null>(null),
  table: shallowRef<Table | null>(null),
  match: ref<ColumnMatch>({ ...EMPTY_MATCH }),
  apart: ref(new Set<number>()),
  preview: shallowRef<ImportPreview | null>(null),
  retireGone: ref(false),
  counts: shallowRef<ImportCounts | null>(null),
})
type State = ReturnType<typeof createState>

const failureText = (error: unknown) =>
  error instanceof UnreadableFile ? problemText(error.code) : actProblem(error)

const rowsOf = ({ table, match, apart }: State): BodyInput[] =>
  toInputs(table.value!, match.value).map((row) =>
    apart.value.has(row.line) ? { ...row, apart: true } : row,
  )

/** What is decided about the rows begins anew with each reading. */
async function read(state: State, bytes: Uint8Array<ArrayBuffer>, encoding?: Encoding) {
  state.table.value = await readTable(bytes, encoding)
  state.match.value = matchColumns(state.table.value.header)
  state.apart.value = new Set()
  state.retireGone.value = false
  state.preview.value = null
}

async function open(state: State, file: File) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  await read(state, bytes)
  state.bytes.value = bytes
  state.found.value = state.table.value!.text?.encoding ?? null
  state.fileName.value = file.name
  state.step.value = 'columns'
}

export function useImport() {
  const state = createState()
  const attempt = attemptsOf(state, failureText)
  const { step, problem, table, match, apart, preview, retireGone, counts } = state
  const missing = computed(() => REQUIRED.filter((field) => match.value[field] === null))

  /** Asks what importing would do; nothing is written. */
  const ask = () =>
    attempt(async () => {
      if (missing.value.length > 0) {
        problem.value = t('columns.missing')
        return
      }
      preview.value = await answerOf(supabase.rpc('preview_bodies', { p_rows: rowsOf(state) }))
      step.value = 'preview'
    })

  async function setApart(line: number, isApart: boolean) {
    const others = [...apart.value].filter((one) => one !== line)
    apart.value = new Set(isApart ? [...others, line] : others)
    await ask()
  }

  const write = () =>
    attempt(async () => {
      const { version } = preview.value!
      const args = { p_rows: rowsOf(state), p_expected: version, p_retire_gone: retireGone.value }
      counts.value = await answerOf(supabase.rpc('import_bodies', args))
      step.value = 'done'
    })

  return {
    ...state,
    missing,
    wrong: computed(() => countWrong(table.value, preview.value)),
    choose: (file: File) => attempt(() => open(state, file)),
    /** Reads the file again in this encoding. */
    decode: (encoding: Encoding) => attempt(() => read(state, state.bytes.value, encoding)),
    ask,
    setApart,
    write,
  }
}

export type Import = ReturnType<typeof useImport>
