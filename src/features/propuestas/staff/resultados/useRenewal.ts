/** Writes the renewed text of a strategy. */
import { answerOf, supabase } from '@/data/staff/client'
import type { RenewalDesk } from '../../renewal'
import { draftOf, renewalForm, type RenewalForm } from './draft'
import { useJoinedDraft } from './useJoinedDraft'

const EMPTY: RenewalForm = { parts: [] }

export function useRenewal(id: string) {
  const {
    act,
    attempt: _,
    ...draft
  } = useJoinedDraft<RenewalDesk, RenewalForm>({
    empty: EMPTY,
    read: () => answerOf(supabase.rpc('strategy_renewal', { p_id: id })),
    formOf: renewalForm,
    draftOf,
  })
  const version = () => ({ p_id: id, p_version: draft.value.value!.version })
  return {
    ...draft,
    save: () =>
      act(() => answerOf(supabase.rpc('save_renewal', { ...version(), p_data: draftOf(draft.form.value) }))),
    offer: () => act(() => answerOf(supabase.rpc('offer_renewal', version()))),
    approve: () => act(() => answerOf(supabase.rpc('approve_renewal', version()))),
  }
}
