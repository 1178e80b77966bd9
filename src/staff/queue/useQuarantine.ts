/** What is in quarantine, page by page, and what was chosen of it. */
import { computed, ref, watch } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { Fault } from '@/domain/fault'
import messages from '@/i18n/es-MX/staffQuarantine.json'
import { problemText } from '@/i18n/problems'
import { translator } from '@/i18n/translator'
import { attemptsOf } from '../attempt'
import { useChosen } from './useChosen'
import { useReviewQueueStore } from './reviewQueueStore'

const t = translator(messages)

export function useQuarantine() {
  const queue = useReviewQueueStore()
  const shown = ref<'held' | 'dismissed'>('held')
  const after = ref<string | null>(null)
  const said = ref('')
  const problem = ref('')
  const isBusy = ref(false)
  const attempt = attemptsOf({ isBusy, problem }, (error) =>
    problemText(error instanceof Fault ? error.code : 'server'),
  )
  const ask = () =>
    answerOf(
      supabase.rpc('list_quarantine', { p_dismissed: shown.value === 'dismissed', p_after: after.value }),
    )
  const { value: page, state, run } = useLoad(ask)
  const items = computed(() => page.value?.items ?? [])
  const picks = useChosen(() => items.value)
  const { chosen } = picks

  /** Reads the list from the given place; from its beginning without one. */
  async function read(place: string | null = null): Promise<void> {
    after.value = place
    chosen.value = []
    await run()
  }
  watch(shown, () => read(), { immediate: true })

  /** Releases or dismisses what was chosen, and reads what is left. */
  const settle = (isReleased: boolean) =>
    attempt(async () => {
      const call = { p_ids: chosen.value, p_release: isReleased }
      const { settled } = await answerOf(supabase.rpc('settle_quarantine', call))
      said.value = t(isReleased ? 'released' : 'dismissed', { count: settled })
      await read()
      void queue.reload()
    })
  return { shown, picks, said, problem, isBusy, page, items, state, read, settle }
}
