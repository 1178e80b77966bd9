/** The registrations of the chosen day and status, page by page, and every day with its seats. */
import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { loadStateOf } from '@/domain/loadable'
import type { JornadaDay } from '@/features/jornadas/registration'
import type { RegistrationLine, RegistrationPage } from '@/features/jornadas/registrationList'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { searchOf, TYPING_PAUSE_MS } from '@/staff/queue/typedSearch'
import { filterQuery, parseFilter, type RegistrationFilter } from './registrationFilter'

/** The typed words and, after a pause in typing, what is sent of them. A folio may come with the address, from the door. */
function useSearch(folio: unknown) {
  const search = ref(typeof folio === 'string' ? folio : '')
  const settled = ref(searchOf(search.value))
  watch(search, (words, _, onCleanup) => {
    const timer = setTimeout(() => (settled.value = searchOf(words)), TYPING_PAUSE_MS)
    onCleanup(() => clearTimeout(timer))
  })
  return { search, settled }
}

/** The pages read so far as one list. `ask` reads the page after a place, the first one after null. */
function usePages(ask: (after: string | null) => Promise<RegistrationPage>) {
  const items = shallowRef<RegistrationLine[]>([])
  const days = shallowRef<JornadaDay[]>([])
  const next = ref<string | null>(null)
  const isMore = ref(false)
  const { value: first, state, run } = useLoad(() => ask(null))
  watch(first, (page) => {
    if (!page) return
    items.value = page.items
    next.value = page.next
    days.value = page.days ?? days.value
  })
  async function more(): Promise<void> {
    if (isMore.value || !next.value) return
    isMore.value = true
    const asked = first.value
    try {
      const page = await ask(next.value)
      if (first.value !== asked) return
      items.value = [...items.value, ...page.items]
      next.value = page.next
    } catch (error) {
      state.value = loadStateOf(error)
    } finally {
      isMore.value = false
    }
  }
  return { items, days, next, isMore, state, run, more }
}

/** The addresses of this page under another filter. */
function useAddress(filter: Readonly<Ref<RegistrationFilter>>) {
  return (change: Partial<RegistrationFilter> & { persona?: string }) => ({
    name: 'staff-registrations',
    query: {
      ...filterQuery({ ...filter.value, ...change }),
      ...(change.persona ? { persona: change.persona } : {}),
    },
  })
}

/** A page of what a filter and a search leave, behind a place. */
export const askRegistrations = (
  { day, status }: RegistrationFilter,
  search: string,
  p_after: string | null,
): Promise<RegistrationPage> =>
  answerOf(
    supabase.rpc('list_registrations', {
      p_jornada: day,
      p_status: status,
      p_search: search || null,
      p_after,
    }),
  )

export function useRegistrations() {
  const route = useRoute()
  const session = useStaffSessionStore()
  const filter = computed(() => parseFilter(route.query))
  const { search, settled } = useSearch(route.query['folio'])
  const pages = usePages((after) => askRegistrations(filter.value, settled.value, after))
  watch([() => JSON.stringify(filter.value), settled], pages.run, { immediate: true })
  /** An op of this member left the outbox, so the list is out of date. */
  watch(
    () => session.ops.length,
    (now, before) => now < before && void pages.run(),
  )
  const day = computed(() => pages.days.value.find(({ id }) => id === filter.value.day) ?? null)
  return { filter, search, settled, day, to: useAddress(filter), ...pages }
}
