/** Writes the renewed text of a strategy: saved on request, joined with what somebody else saved meanwhile. */
import { computed, ref, shallowRef } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { Fault } from '@/domain/fault'
import { attemptsOf } from '@/staff/attempt'
import { rebaseForm } from '@/staff/conflict/changes'
import type { RenewalDesk } from '../../renewal'
import { draftOf, renewalForm, type RenewalForm } from './draft'
import { tellProblem } from './tellProblem'
import { t } from './words'

const EMPTY: RenewalForm = { parts: [] }

/** The form over what the server had when both were last the same. `take` with `joins` keeps what was written here. */
function useJoined() {
  const form = shallowRef<RenewalForm>(EMPTY)
  const base = shallowRef<RenewalForm>(EMPTY)
  function take(read: RenewalDesk, joins: boolean): void {
    const is = renewalForm(read)
    form.value = joins && form.value !== EMPTY ? rebaseForm(form.value, base.value, is) : is
    base.value = is
  }
  const isChanged = computed(
    () => JSON.stringify(draftOf(form.value)) !== JSON.stringify(draftOf(base.value)),
  )
  return { form, take, isChanged }
}

export function useRenewal(id: string) {
  const { form, take, isChanged } = useJoined()
  const said = ref('')
  const isBusy = ref(false)
  const problem = ref('')
  const read = () => answerOf(supabase.rpc('strategy_renewal', { p_id: id }))
  const load = useLoad(async () => {
    const desk = await read()
    take(desk, true)
    return desk
  })
  const { value } = load
  const attempt = attemptsOf({ isBusy, problem }, tellProblem)
  const version = () => ({ p_id: id, p_version: value.value!.version })

  /** Of two people who wrote at once the second one gets both drafts joined, and saves again. */
  async function call(act: () => Promise<RenewalDesk>): Promise<void> {
    said.value = ''
    try {
      value.value = await act()
      take(value.value, false)
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'conflict') throw error
      value.value = await read()
      take(value.value, true)
      said.value = t('renewal.joined')
    }
  }
  const act = (one: () => Promise<RenewalDesk>) => attempt(() => call(one))
  return {
    ...load,
    form,
    said,
    isBusy,
    problem,
    isChanged,
    save: () =>
      act(() => answerOf(supabase.rpc('save_renewal', { ...version(), p_data: draftOf(form.value) }))),
    offer: () => act(() => answerOf(supabase.rpc('offer_renewal', version()))),
    approve: () => act(() => answerOf(supabase.rpc('approve_renewal', version()))),
  }
}
