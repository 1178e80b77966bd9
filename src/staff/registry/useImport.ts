/** Importing a file in steps: what was read of it, which column is which, what it would do, what it did. */
import { computed, ref, shallowRef } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import type { BodyInput, ImportCounts, ImportPreview } from '@/domain/registry'
import { FIELDS, matchColumns, REQUIRED, toInputs, type ColumnMatch } from './reader/columns'
import { readTable } from './reader/readTable'
import { type Table, UnreadableFile } from './reader/table'
import { actProblem } from './useRegistryAct'
import { problemText, t } from './words'

export type ImportStep = 'file' | 'columns' | 'preview' | 'done'

const EMPTY_MATCH = Object.fromEntries(FIELDS.map((field) => [field, null])) as ColumnMatch

/** What stands between a file and its import: rows that cannot be read, and rows that SQL refuses. */
const countWrong = (table: Table | null, preview: ImportPreview | null) =>
  (table?.problems.length ?? 0) + (preview?.rows.filter(({ status }) => status === 'wrong').length ?? 0)

export function useImport() {
  const step = ref<ImportStep>('file')
  const isBusy = ref(false)
  const problem = ref('')
  const fileName = ref('')
  const table = shallowRef<Table | null>(null)
  const match = ref<ColumnMatch>({ ...EMPTY_MATCH })
  /** Lines of the file that name another body than their twin. */
  const apart = ref(new Set<number>())
  const preview = shallowRef<ImportPreview | null>(null)
  const retireGone = ref(false)
  const counts = shallowRef<ImportCounts | null>(null)

  async function attempt(work: () => Promise<void>) {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = ''
    try {
      await work()
    } catch (error) {
      problem.value = error instanceof UnreadableFile ? problemText(error.code) : actProblem(error)
    } finally {
      isBusy.value = false
    }
  }

  const choose = (file: File) =>
    attempt(async () => {
      table.value = await readTable(new Uint8Array(await file.arrayBuffer()))
      fileName.value = file.name
      match.value = matchColumns(table.value.header)
      apart.value = new Set()
      step.value = 'columns'
    })

  const rows = (): BodyInput[] =>
    toInputs(table.value!, match.value).map((row) =>
      apart.value.has(row.line) ? { ...row, apart: true } : row,
    )

  const missing = computed(() => REQUIRED.filter((field) => match.value[field] === null))

  /** Asks what importing would do; nothing is written. */
  const ask = () =>
    attempt(async () => {
      if (missing.value.length > 0) {
        problem.value = t('columns.missing')
        return
      }
      preview.value = await answerOf(supabase.rpc('preview_bodies', { p_rows: rows() }))
      step.value = 'preview'
    })

  async function setApart(line: number, isApart: boolean) {
    const next = new Set(apart.value)
    if (isApart) next.add(line)
    else next.delete(line)
    apart.value = next
    await ask()
  }

  const write = () =>
    attempt(async () => {
      const args = { p_rows: rows(), p_expected: preview.value!.version, p_retire_gone: retireGone.value }
      counts.value = await answerOf(supabase.rpc('import_bodies', args))
      step.value = 'done'
    })

  const wrong = computed(() => countWrong(table.value, preview.value))
  return {
    step,
    isBusy,
    problem,
    fileName,
    table,
    match,
    missing,
    apart,
    preview,
    retireGone,
    counts,
    wrong,
    choose,
    ask,
    setApart,
    write,
  }
}

export type Import = ReturnType<typeof useImport>
