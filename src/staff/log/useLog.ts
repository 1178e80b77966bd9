/** The log on the screen: its filters, the pages read so far, and the file of all that the filters leave. */
import { computed, reactive, ref, shallowRef } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { parseFolio } from '@/domain/folio'
import type { LogArea, LogLine, LogPage } from '@/domain/log'
import { useCsvFile } from '../csvFile'
import { COLUMNS, lineOf, t } from './logLines'

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

/** The file of the log. `filter` is that of the lines on the screen. */
function useLogFile(filter: () => LogFilter) {
  const { said, isExporting, download } = useCsvFile({
    busy: t('export.busy'),
    failed: t('export.failed'),
    cut: (count) => t('export.cut', { count }),
  })
  async function save(): Promise<void> {
    const asked = filter()
    await download<LogLine>({
      name: t('file'),
      head: COLUMNS.map((column) => t(`column.${column}`)),
      read: (place) => pageOf(asked, place, PAGE_MAX),
      rowsOf: (line) => {
        const cells = lineOf(line)
        return [COLUMNS.map((column) => cells[column])]
      },
    })
  }
  return { said, isExporting, download: save }
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
