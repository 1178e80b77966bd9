/** The copies of one video elsewhere, or those of all campaigns that wait to be taken down, and what staff note of them. */
import { ref } from 'vue'
import { RpcFault } from '@/data/rpc'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { Fault } from '@/domain/fault'
import { problemText } from '@/i18n/problems'
import { attemptsOf } from '@/staff/attempt'
import { t } from './words'

/** `field`: of the form; '' where the problem is of none. */
interface Problem {
  field: string
  text: string
}
const FIELDS: Readonly<Record<string, string>> = { place: 'place', links: 'url' }
const tell = (error: unknown): Problem => ({
  field: FIELDS[(error instanceof RpcFault && error.details.field) || ''] ?? '',
  text: problemText(error instanceof Fault ? error.code : 'unknown'),
})

export function useExternalCopies(submission?: string) {
  const { value, state, run } = useLoad(() =>
    answerOf(supabase.rpc('external_copies', { p_submission: submission ?? null })),
  )
  const isBusy = ref(false)
  const problem = ref<Problem | null>(null)
  /** What was done, for a screen reader too. */
  const said = ref('')
  const attempt = attemptsOf<Problem | null>({ isBusy, problem }, tell)
  void run()

  async function note(p_copy: { id: string; place: string; url: string }): Promise<void> {
    said.value = ''
    await attempt(async () => {
      value.value = await answerOf(supabase.rpc('note_external_copy', { p_submission: submission!, p_copy }))
      said.value = t('saved')
    })
  }

  /** The answer is that of its video: the list of tasks keeps the line, now as taken down, so that a mistake is mended there. */
  async function remove(id: string, p_removed: boolean): Promise<void> {
    said.value = ''
    await attempt(async () => {
      const { items } = await answerOf(supabase.rpc('remove_external_copy', { p_id: id, p_removed }))
      const shown = value.value!
      value.value = {
        ...shown,
        items: shown.items.map((one) => items.find((changed) => changed.id === one.id) ?? one),
      }
      said.value = t(p_removed ? 'removed.said' : 'undone.said')
    })
  }
  return { value, state, run, isBusy, problem, said, note, remove }
}
