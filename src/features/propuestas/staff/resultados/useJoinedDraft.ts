/** A draft that is saved on request and joined with what somebody else saved meanwhile. */
import { computed, ref, shallowRef, type ShallowRef } from 'vue'
import { useLoad } from '@/data/useLoad'
import { Fault } from '@/domain/fault'
import { attemptsOf } from '@/staff/attempt'
import { rebaseForm } from '@/staff/conflict/changes'
import { tellProblem } from './tellProblem'
import { t } from './words'

interface Draft<Desk, Form> {
  empty: Form
  read(): Promise<Desk>
  formOf(desk: Desk): Form
  /** What is sent of a form. */
  draftOf(form: Form): object
}

export function useJoinedDraft<Desk, Form extends object>({
  empty,
  read,
  formOf,
  draftOf,
}: Draft<Desk, Form>) {
  const form: ShallowRef<Form> = shallowRef(empty)
  /** What the server had when both were last the same. */
  const base: ShallowRef<Form> = shallowRef(empty)
  const isChanged = computed(
    () => JSON.stringify(draftOf(form.value)) !== JSON.stringify(draftOf(base.value)),
  )
  const said = ref('')
  const isBusy = ref(false)
  const problem = ref('')
  const attempt = attemptsOf({ isBusy, problem }, tellProblem)

  /** `joins` keeps what was written here. */
  function take(desk: Desk, joins: boolean): void {
    const is = formOf(desk)
    form.value = joins && form.value !== empty ? rebaseForm(form.value, base.value, is) : is
    base.value = is
  }
  const load = useLoad(async () => {
    const desk = await read()
    take(desk, true)
    return desk
  })

  /** Of two people who wrote at once the second one gets both drafts joined, and saves again. */
  const act = (one: () => Promise<Desk>) =>
    attempt(async () => {
      said.value = ''
      try {
        load.value.value = await one()
        take(load.value.value, false)
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'conflict') throw error
        load.value.value = await read()
        take(load.value.value, true)
        said.value = t('renewal.joined')
      }
    })
  return { ...load, form, said, isBusy, problem, isChanged, act, attempt }
}
