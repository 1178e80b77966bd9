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

export function useLog() {
  const form = reactive<LogFilter>({ ...NO_FILTER })
  /** The filters of the lines on the screen, which the form may have left behind. */
  let used: LogFilter = { ...NO_FILTER }
  const lines = shallowRef<LogLine[]>([])
  const people = shallowRef<NonNullable<LogPage['people']>>([])
  const next = ref<string | null>(null)
  const folioError = ref<string | null>(null)
  const said = ref('')
  const isExporting = ref(false)

  const pageOf = (filter: LogFilter, after: string | null, limit: number) =>
    answerOf(
      supabase.rpc('list_log', { ...argsOf(filter), ...(after && { p_after: after }), p_limit: limit }),
    )

  let after: string | null = null
  const {
    value: page,
    state,
    run,
  } = useLoad(async () => {
    const found = await pageOf(used, after, 50)
    lines.value = after ? [...lines.value, ...found.items] : found.items
    people.value = found.people ?? people.value
    next.value = found.next
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
  /** Downloads what the filters leave, up to {@link FILE_MAX} lines, and says where it was cut. */
  async function download(): Promise<void> {
    isExporting.value = true
    said.value = t('export.busy')
    try {
      const found: LogLine[] = []
      let place: string | null = null
      do {
        const one: LogPage = await pageOf(used, place, PAGE_MAX)
        found.push(...one.items)
        place = one.next
      } while (place && found.length < FILE_MAX)
      const rows = found.map(lineOf).map((line) => COLUMNS.map((column) => line[column]))
      offerCsv(t('file'), csvOf([COLUMNS.map((column) => t(`column.${column}`)), ...rows]))
      said.value = place ? t('export.cut', { count: found.length }) : ''
    } catch {
      said.value = t('export.failed')
    } finally {
      isExporting.value = false
    }
  }
  const isEmpty = computed(() => state.value === 'ready' && lines.value.length === 0)
  return {
    form,
    lines,
    people,
    next,
    page,
    state,
    isEmpty,
    folioError,
    said,
    isExporting,
    read,
    apply,
    clear,
    download,
  }
}
