/** Writes and publishes the mesa of a consultation. */
import { answerOf, supabase } from '@/data/staff/client'
import type { MesaDesk } from '../../mesa'
import { useJoinedDraft } from '../resultados/useJoinedDraft'
import { EMPTY, mesaDraft, mesaForm, type MesaForm } from './mesaForm'

export function useMesa(id: string) {
  const { act, ...draft } = useJoinedDraft<MesaDesk, MesaForm>({
    empty: EMPTY,
    read: () => answerOf(supabase.rpc('mesa_desk', { p_id: id })),
    formOf: mesaForm,
    draftOf: mesaDraft,
  })
  const version = () => ({ p_id: id, p_version: draft.value.value!.version })
  return {
    ...draft,
    save: () =>
      act(() => answerOf(supabase.rpc('save_mesa', { ...version(), p_data: mesaDraft(draft.form.value) }))),
    publish: () => act(() => answerOf(supabase.rpc('publish_mesa', version()))),
  }
}
