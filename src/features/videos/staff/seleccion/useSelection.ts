/** The selection of one call for videos, and the acts of its coordination. */
import { computed, ref } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { Fault } from '@/domain/fault'
import { problemText } from '@/i18n/problems'
import { attemptsOf } from '@/staff/attempt'
import type { SelectionDesk } from '../../jury'
import { t } from './words'

const tell = (error: unknown) => {
  const code = error instanceof Fault ? error.code : 'unknown'
  return code === 'conflict' ? t('conflict') : problemText(code)
}

export function useSelection(id: string) {
  const { value, state, run } = useLoad(() => answerOf(supabase.rpc('selection_desk', { p_id: id })))
  const isBusy = ref(false)
  const problem = ref('')
  const attempt = attemptsOf({ isBusy, problem }, tell)
  /** What was seen by another member meanwhile is read again, and the act is theirs to repeat. */
  const act = (call: () => Promise<SelectionDesk>) =>
    attempt(async () => {
      try {
        value.value = await call()
      } catch (error) {
        if (error instanceof Fault && error.code === 'conflict') await run()
        throw error
      }
    })
  const seen = () => ({ p_id: id, p_version: value.value!.version })
  const videos = computed(() => value.value?.videos ?? [])
  return {
    value,
    state,
    run,
    isBusy,
    problem,
    judged: computed(() => videos.value.filter((one) => one.judged).length),
    vacant: computed(() =>
      videos.value.reduce((sum, one) => sum + (one.has_file && one.state === 'accepted' ? one.vacant : 0), 0),
    ),
    open: () => act(() => answerOf(supabase.rpc('open_selection', seen()))),
    deal: () => act(() => answerOf(supabase.rpc('deal_videos', seen()))),
    seat: (p_submission: string, p_juror: string, p_instead: string | null) =>
      act(() => answerOf(supabase.rpc('seat_juror', { ...seen(), p_submission, p_juror, p_instead }))),
    close: (p_chosen: string[], p_reason: string) =>
      act(() =>
        answerOf(supabase.rpc('close_selection', { ...seen(), p_chosen, p_reason: p_reason || null })),
      ),
    reopen: (p_reason: string) =>
      act(() => answerOf(supabase.rpc('reopen_selection', { ...seen(), p_reason }))),
  }
}
