/** Writes and publishes the mesa of a consultation. */
import { ref } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import type { MesaDesk } from '../../mesa'
import { useJoinedDraft } from '../resultados/useJoinedDraft'
import { EMPTY, mesaDraft, mesaForm, type MesaForm } from './mesaForm'
import { t } from './words'

export function useMesa(id: string) {
  const read = () => answerOf(supabase.rpc('mesa_desk', { p_id: id }))
  const { act, attempt, ...draft } = useJoinedDraft<MesaDesk, MesaForm>({
    empty: EMPTY,
    read,
    formOf: mesaForm,
    draftOf: mesaDraft,
  })
  const sent = ref('')
  /** A hundred leave a call. Those of each call have left when a later one fails. */
  async function sendAll(): Promise<MesaDesk> {
    let count = 0
    for (let left = 1; left > 0;) {
      const answer = await answerOf(supabase.rpc('invite_to_mesa', { p_id: id }))
      count += answer.sent
      sent.value = t('invite.sent', { count })
      left = answer.sent > 0 ? answer.left : 0
    }
    return read()
  }
  const version = () => ({ p_id: id, p_version: draft.value.value!.version })
  return {
    ...draft,
    sent,
    /** The draft stays as it is written. */
    invite: () => attempt(async () => void (draft.value.value = await sendAll())),
    save: () =>
      act(() => answerOf(supabase.rpc('save_mesa', { ...version(), p_data: mesaDraft(draft.form.value) }))),
    publish: () => act(() => answerOf(supabase.rpc('publish_mesa', version()))),
  }
}
