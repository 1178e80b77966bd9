/**
 * One convocatoria in the editor: as the server has it, and the form over it, kept on this phone while it is
 * written. Saving names the version that was read; another's save in between is a conflict, never lost.
 */
import { computed, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { needsReason } from '@/domain/calendar'
import type { CampaignAnswer, CampaignDraft } from '@/domain/campaignDraft'
import { useDesk } from '../desk'
import { staffRpc } from '../staffRpc'
import { useKeeping } from '../useKeeping'
import { useLoad } from '../useLoad'
import { type CampaignForm, toData, toForm } from './campaignForm'

/** The place of the form among the replies kept on this phone. */
const KEPT = 'campana'

interface Kept {
  version: number
  form: CampaignForm
}

const readDraft = (id: string | null) => staffRpc<CampaignDraft>('convocatoria_draft', { p_id: id })

/** `id` null: a new one. */
export function useCampaign(id: string | null) {
  const form = ref<CampaignForm>(toForm(null))
  const version = ref(0) // that the form was written over
  const draft = shallowRef<CampaignDraft | null>(null)
  const kept = computed(() => draft.value?.data ?? null)
  const keeping = useKeeping<Kept>(useDesk().userId, id ?? 'nueva', KEPT, () => ({
    version: version.value,
    form: form.value,
  }))
  const { value: read, state, run } = useLoad(() => readDraft(id))
  watch(read, async (next) => {
    if (!next) return
    const mine = await keeping.find()
    form.value = mine?.form ?? toForm(next.data)
    version.value = mine?.version ?? next.version
    keeping.isDirty.value = !!mine
    draft.value = next
  })
  void run()

  async function settle(answer: CampaignAnswer) {
    await keeping.forget()
    draft.value = { ...draft.value!, ...answer }
    form.value = toForm(answer.data)
    version.value = answer.version
    return answer
  }
  return {
    draft,
    kept,
    form,
    state,
    run,
    isDirty: keeping.isDirty,
    hasFailed: keeping.hasFailed,
    touch: keeping.touch,
    ...useChanges({ id, form, version, draft, settle, run, keeping }),
  }
}

interface Parts {
  id: string | null
  form: Ref<CampaignForm>
  version: Ref<number>
  draft: ShallowRef<CampaignDraft | null>
  settle: (answer: CampaignAnswer) => Promise<CampaignAnswer>
  run: () => Promise<void>
  keeping: ReturnType<typeof useKeeping<Kept>>
}

function useChanges({ id, form, version, draft, settle, run, keeping }: Parts) {
  const data = () => toData(form.value, draft.value?.data ?? null)
  const asksReason = computed(
    () => !!draft.value?.published && !!draft.value.data && needsReason(draft.value.data, data()),
  )
  /** Back to what the server has. */
  async function discard() {
    await keeping.forget()
    await run()
  }
  /** Goes on over the newest version: what is in the form stays. */
  async function rebase() {
    draft.value = await readDraft(id)
    version.value = draft.value.version
    keeping.touch()
  }
  const save = async () => {
    const args = { p_id: id, p_expected_version: version.value, p_data: data() }
    return settle(await staffRpc<CampaignAnswer>('save_convocatoria', args))
  }
  const publish = async () => {
    const args = { p_id: id, p_expected_version: version.value }
    return settle(await staffRpc<CampaignAnswer>('publish_convocatoria', args))
  }
  return { asksReason, discard, rebase, save, publish }
}

export type CampaignEditor = ReturnType<typeof useCampaign>
