/**
 * One convocatoria in the editor: the server's version, and the form that edits it. The form is saved on this phone
 * while it is written. Saving names the version that was read, so a save by somebody else in between is a conflict
 * and overwrites nothing.
 */
import { computed, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { saveReply } from '@/data/staff/replies'
import { needsReason } from '@/domain/calendar'
import type { CampaignAnswer, CampaignData, CampaignDraft } from '@/domain/campaignDraft'
import { rebaseForm } from '../conflict/changes'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { useKeeping } from '../review/useKeeping'
import { useLoad } from '@/data/useLoad'
import { type CampaignFields, toData, toForm } from './campaignFields'

/** The place of the form among the replies kept on this phone. */
const KEPT = 'campana'

interface Kept {
  version: number
  form: CampaignFields
  /** The data that the form edits; absent in forms saved by versions of the app that stored no base. */
  base?: CampaignData | null
}

const readDraft = (id: string | null) => answerOf(supabase.rpc('convocatoria_draft', { p_id: id }))

const saveCampaign = (p_id: string | null, p_expected_version: number, p_data: CampaignData) =>
  answerOf(supabase.rpc('save_convocatoria', { p_id, p_expected_version, p_data }))

const publishCampaign = (p_id: string, p_expected_version: number) =>
  answerOf(supabase.rpc('publish_convocatoria', { p_id, p_expected_version }))

/** The form on top of the newest version. Only fields that differ from `base` count as changed here. */
function rebase(
  form: CampaignFields,
  base: CampaignData | null,
  newest: CampaignData | null,
): CampaignFields {
  const theirs = toForm(newest)
  return rebaseForm(form, base ? toForm(base) : theirs, theirs)
}

/** `id` null: a new convocatoria. */
export function useCampaignEditor(id: string | null) {
  const form = ref<CampaignFields>(toForm(null))
  const version = ref(0) // the version that the form edits
  const base = shallowRef<CampaignData | null>(null) // the data of that version; null when unknown
  const draft = shallowRef<CampaignDraft | null>(null)
  const kept = computed(() => draft.value?.data ?? null)
  const { userId } = useStaffSessionStore()
  const keeping = useKeeping<Kept>(userId, id ?? 'nueva', KEPT, () => ({
    version: version.value,
    form: form.value,
    base: base.value,
  }))
  /** Somebody else saved while this form was written. */
  const isBehind = computed(() => keeping.isDirty.value && (draft.value?.version ?? 0) > version.value)

  function begin(next: Pick<CampaignDraft, 'version' | 'data'>) {
    form.value = toForm(next.data)
    version.value = next.version
    base.value = next.data
  }
  const { value: read, state, run } = useLoad(() => readDraft(id))
  watch(read, async (next) => {
    if (!next) return
    const mine = keeping.isDirty.value ? undefined : await keeping.find()
    if (mine) {
      form.value = mine.form
      version.value = mine.version
      base.value = mine.base ?? null
      keeping.isDirty.value = true
    } else if (!keeping.isDirty.value) begin(next)
    draft.value = next
  })
  void run()

  const asksReason = computed(() => {
    const { published, data } = draft.value ?? {}
    return !!published && !!data && needsReason(data, toData(form.value, data))
  })
  const changes = useChanges({ id, userId, form, version, base, draft, begin, keeping })
  const { isDirty, hasFailed, touch } = keeping
  return { draft, kept, form, base, state, run, isDirty, isBehind, hasFailed, touch, asksReason, ...changes }
}

interface Parts {
  id: string | null
  userId: string
  form: Ref<CampaignFields>
  version: Ref<number>
  base: ShallowRef<CampaignData | null>
  draft: ShallowRef<CampaignDraft | null>
  begin: (next: Pick<CampaignDraft, 'version' | 'data'>) => void
  keeping: ReturnType<typeof useKeeping<Kept>>
}

function useChanges({ id, userId, form, version, base, draft, begin, keeping }: Parts) {
  /** Drops the changes and shows the server's version. */
  async function discard() {
    await keeping.forget()
    begin(draft.value!)
  }
  /** Reads the server's version again. A form without changes takes it over. */
  async function readAgain() {
    const next = await readDraft(id)
    if (!keeping.isDirty.value) begin(next)
    draft.value = next
  }
  const rebased = () => rebase(form.value, base.value, draft.value!.data)
  /** Puts the own changes on top of the newest version. */
  function useMine() {
    form.value = rebased()
    version.value = draft.value!.version
    base.value = draft.value!.data
    keeping.touch()
  }
  /**
   * Asks the server. What is typed meanwhile is kept on top of the answer, under the id that the answer gives to a
   * new convocatoria.
   */
  async function ask(call: (expectedVersion: number) => Promise<CampaignAnswer>) {
    const written = JSON.stringify(form.value) // the form that the call sends
    await keeping.flush() // keeps the form if the page ends before the answer
    const answer = await call(version.value)
    const now = form.value
    await keeping.forget()
    draft.value = { ...draft.value!, ...answer }
    begin(answer)
    if (JSON.stringify(now) === written) return answer
    form.value = rebaseForm(now, JSON.parse(written) as CampaignFields, form.value)
    const more: Kept = { version: version.value, form: form.value, base: base.value }
    if (id) keeping.touch()
    // The page of the new id reads it.
    else await saveReply(userId, answer.id, KEPT, JSON.parse(JSON.stringify(more))).catch(() => undefined)
    return answer
  }
  function save() {
    const data = toData(form.value, draft.value?.data ?? null)
    return ask((expected) => saveCampaign(id, expected, data))
  }
  const publish = () => ask((expected) => publishCampaign(id!, expected))
  return { discard, readAgain, rebased, useMine, save, publish }
}

export type CampaignEditor = ReturnType<typeof useCampaignEditor>
