/** One decision being written: its form, the errors at its fields, and the act that saves it as an op. */
import { computed, ref } from 'vue'
import { Fault } from '@/domain/fault'
import type { StaffItem } from '@/domain/staffRows'
import type { Choice } from '@/domain/states'
import { refusalText } from '@/i18n/refusals'
import { attemptsOf } from '../attempt'
import type { SaveDecision } from './decideOn'
import { type DecisionField, refuseDecision, toPayload } from './decisionForm'
import { obstacleTo } from './publication'
import { useReply } from './useReply'

/** Call it once per submission and decision. `item` may become a newer version while the form is open. */
export function useDecisionForm(item: () => StaffItem, decision: Choice, save: SaveDecision) {
  const { form, keeping, isReady, ready } = useReply(item(), decision)
  const errors = ref<{ field: string; message: string }[]>([])
  const isBusy = ref(false)
  const attempt = attemptsOf({ isBusy, problem: errors }, (error) => [
    { field: '', message: refusalText(error instanceof Fault ? error.code : 'storage_failed') },
  ])
  /** Why it cannot be accepted or published; null when it can, and for every other decision. */
  const obstacle = computed(() => obstacleTo(decision, item()))
  const errorOf = (field: DecisionField) => errors.value.find((error) => error.field === field)?.message

  /** Resolves to the id of the saved op; null when the form was refused or could not be saved, which `errors` tells. */
  async function confirm(): Promise<string | null> {
    await ready
    if (isBusy.value || obstacle.value) return null
    const { folio, version } = item()
    errors.value = refuseDecision(decision, form, folio).map(({ field, code }) => ({
      field,
      message: refusalText(code),
    }))
    if (errors.value.length > 0) return null
    let saved: string | null = null
    await attempt(async () => {
      await keeping.flush() // a form saved after the op would reappear
      saved = await save(toPayload(decision, form), version, keeping.drop)
      keeping.settle()
    })
    return saved
  }
  return { decision, form, keeping, isReady, ready, errors, errorOf, isBusy, obstacle, confirm }
}

export type DecisionDraft = ReturnType<typeof useDecisionForm>
