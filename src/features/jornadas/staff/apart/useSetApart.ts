/** The registrations that wait for staff, page by page, of all bodies or of one, and what was chosen of them. */
import { computed, ref, watch } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { Fault } from '@/domain/fault'
import messages from '@/i18n/es-MX/jornadasStaff.json'
import { problemText } from '@/i18n/problems'
import { translator } from '@/i18n/translator'
import { attemptsOf } from '@/staff/attempt'
import { useChosen } from '@/staff/queue/useChosen'

const t = translator(messages)

export function useSetApart() {
  /** Null shows all bodies. */
  const body = ref<string | null>(null)
  const after = ref<string | null>(null)
  const said = ref('')
  const problem = ref('')
  const isBusy = ref(false)
  const attempt = attemptsOf({ isBusy, problem }, (error) =>
    problemText(error instanceof Fault ? error.code : 'server'),
  )
  const {
    value: page,
    state,
    run,
  } = useLoad(() => answerOf(supabase.rpc('list_set_apart', { p_body: body.value, p_after: after.value })))
  const items = computed(() => page.value?.items ?? [])
  const picks = useChosen(() => items.value)
  const { chosen } = picks

  /** Reads the list from the given place; from its beginning without one. */
  async function read(place: string | null = null): Promise<void> {
    after.value = place
    chosen.value = []
    await run()
  }
  watch(body, () => read(), { immediate: true })

  /** Admits what was chosen, and reads what is left. */
  const admit = () =>
    attempt(async () => {
      const { admitted } = await answerOf(supabase.rpc('admit_registrations', { p_ids: chosen.value }))
      said.value = t('apart.admitted', { count: admitted })
      await read()
      if (items.value.length === 0) body.value = null
    })
  return { body, said, problem, isBusy, page, items, state, read, admit, picks }
}
