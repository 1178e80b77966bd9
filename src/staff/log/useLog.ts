/** The log on the screen: its filters, the pages read so far, and the file of all that the filters leave. */
import { computed, reactive, ref, shallowRef } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { parseFolio } from '@/domain/folio'
import type { LogArea, LogLine, LogPage } from '@/domain/log'
import { csvOf, offerCsv } from '../csv'
import { COLUMNS, lineOf, t } from './logLines'

/** The most lines of a file: about 1 MB. */
const FILE_MAX = 10_000
const PAGE_MAX = 500

const NO_FILTER = {
  person: null as string | null,
  area: null as LogArea | null,
  act: null as string | null,
  folio: '',
  from: '',
  to: '',
}
export type LogFilter = typeof NO_FILTER

const argsOf = ({ person, area, act, folio, from, to }: LogFilter) => {
  const named = parseFolio(folio)
  return {
    ...(person && { p_person: person }),
    ...(area && { p_area: area }),
    ...(act && { p_kind: act }),
    ...(named && { p_folio: named }),
    ...(from && { p_from: from }),
    ...(to && { p_to: to }),
  }
}

const pageOf = (filter: LogFilter, after: string | null, limit: number): Promise<LogPage> =>
  answerOf(supabase.rpc('list_log', { ...argsOf(filter), ...(after && { p_after: after }), p_limit: limit }))

/** The lines that a filter leaves, up to {@link FILE_MAX}. `isCut`: there are more. */
async function allOf(filter: LogFilter): Promise<{ lines: LogLine[]; isCut: boolean }> {
  const lines: LogLine[] = []
  let place: string | null = null
  do {
    const page: LogPage = await pageOf(filter, place, PAGE_MAX)
    lines.push(...page.items)
    place = page.next
  } while (place && lines.length < FILE_MAX)
  return { lines, isCut: place !== null }
}

/** The file of the log, and what is said while it is made. `filter` is that of the lines on the screen. */
function useLogFile(filter: () => LogFilter) {
  const said = ref('')
  const isExporting = ref(false)

  async function download(): Promise<void> {
    isExporting.value = true
    said.value = t('export.busy')
    try {
      const { lines, isCut } = await allOf(filter())
      const rows = lines.map(lineOf).map((line) => COLUMNS.map((column) => line[column]))
      offerCsv(t('file'), csvOf([COLUMNS.map((column) => t(`column.${column}`)), ...rows]))
      said.value = isCut ? t('export.cut', { count: lines.length }) : ''
    } catch {
      said.value = t('export.failed')
    } finally {
      isExporting.value = false
    }
  }
  return { said, isExporting, download }
}

export function useLog() {
  const form = reactive<LogFilter>({ ...NO_FILTER })
  /** The filter of the lines on the screen, which the form may have left behind. */
  let used: LogFilter = { ...NO_FILTER }
  let after: string | null = null
  const lines = shallowRef<LogLine[]>([])
  const people = shallowRef<NonNullable<LogPage['people']>>([])
  const folioError = ref<string | null>(null)

  const {
    value: page,
    state,
    run,
  } = useLoad(async () => {
    const found = await pageOf(used, after, 50)
    lines.value = after ? [...lines.value, ...found.items] : found.items
    people.value = found.people ?? people.value
    return found
  })
  async function read(place: string | null = null): Promise<void> {
    after = place
    await run()
  }
  /** Shows what the form asks for. A folio that cannot be one is said at its field. */
  async function apply(): Promise<void> {
    folioError.value = form.folio.trim() && !parseFolio(form.folio) ? t('folio.wrong') : null
    if (folioError.value) return
    used = { ...form }
    await read()
  }
  async function clear(): Promise<void> {
    Object.assign(form, NO_FILTER)
    await apply()
  }
  const next = computed(() => page.value?.next ?? null)
  const isEmpty = computed(() => state.value === 'ready' && lines.value.length === 0)
  const file = useLogFile(() => used)
  return { form, lines, people, next, page, state, isEmpty, folioError, read, apply, clear, ...file }
}
