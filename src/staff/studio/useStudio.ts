/** One campaign in the studio: its sections, what it lacks, its preview, and what makes it public. */
import { computed, effectScope, onScopeDispose, ref, shallowReactive, shallowRef, watch } from 'vue'
import { onBeforeRouteUpdate } from 'vue-router'
import { answerOf, supabase } from '@/data/staff/client'
import { useSafeLeaving } from '@/data/useAutosave'
import { useLoad } from '@/data/useLoad'
import type { CampaignAnswer, CampaignDraft, CampaignPreview, SectionProblem } from '@/domain/campaignDraft'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { staffKindOf } from '../kinds'
import type { SectionContext } from './section'
import { adoptFormer } from './formerForm'
import { type SectionEditor, useSection } from './useSection'

/** The name of the pane that publishes, among those of the sections. */
export const PUBLISH = 'publicar'

export interface NamedProblem extends SectionProblem {
  section: string
}

/** The preview is asked for at most once in this time after saves. */
const PREVIEW_PAUSE_MS = 300

const readCampaign = (p_id: string) => answerOf(supabase.rpc('convocatoria_draft', { p_id }))

/** The campaign's sections, each with its own state. Those that wait to be sent outlive a new reading. */
function useEditors(id: string, onChange: () => void) {
  const { userId } = useStaffSessionStore()
  const campaign = shallowRef<CampaignDraft | null>(null)
  const revision = ref(0)
  const editors = shallowReactive(new Map<string, SectionEditor>())
  const scope = effectScope()
  onScopeDispose(() => scope.stop())

  async function readAgain(section: string) {
    const next = await readCampaign(id)
    revision.value = next.revision
    return next.sections.find((one) => one.section === section)!
  }
  function onSaved(next: number): void {
    revision.value = next
    onChange()
  }
  function open(next: CampaignDraft): void {
    campaign.value = next
    revision.value = next.revision
    for (const section of next.sections) {
      const known = editors.get(section.section)
      if (known) known.catchUp(section)
      else {
        const around = { userId, campaignId: id, readAgain, onSaved }
        const editor = scope.run(() => useSection(section, around))!
        editors.set(section.section, editor)
        void editor.resume()
      }
    }
    onChange()
  }
  return { campaign, revision, editors, open, userId }
}

/** Keeps on this device whatever of any section is not yet there. */
async function flushAll(editors: ReadonlyMap<string, SectionEditor>): Promise<boolean> {
  const kept = await Promise.all([...editors.values()].map((editor) => editor.flush()))
  return kept.every(Boolean)
}

export function useStudio(id: string) {
  const preview = usePreview(id)
  const { campaign, revision, editors, open, userId } = useEditors(id, preview.ask)
  onBeforeRouteUpdate(useSafeLeaving({ flush: () => flushAll(editors) }))
  const { value: draft, state, run } = useLoad(() => readCampaign(id))
  watch(draft, (next) => next && open(next))
  void adoptFormer(userId, id, false)
    .catch(() => undefined)
    .then(run)

  /** Takes over what the server answered to publishing or to taking back. */
  const take = (answer: CampaignAnswer): void => open({ ...campaign.value!, ...answer })
  const problems = computed<NamedProblem[]>(() =>
    [...editors.values()].flatMap(({ name, problems: found }) =>
      found.value.map((problem) => ({ ...problem, section: name })),
    ),
  )
  const context = computed<SectionContext>(() => ({
    id,
    published: campaign.value?.published ?? false,
    holidays: new Set(campaign.value?.holidays),
    notices: campaign.value?.notices ?? [],
    permissions: campaign.value?.permissions ?? [],
    institution: campaign.value?.institution ?? null,
    periods: campaign.value?.periods,
    kindNotice: staffKindOf(campaign.value?.kind ?? '')?.notice,
    dataOf: (section) => editors.get(section)?.data.value ?? {},
    publicOf: (section) => editors.get(section)?.answer.value.public ?? null,
    problemsOf: (section) => editors.get(section)?.problems.value ?? [],
  }))
  /** Sends everything that waits, and says whether the server has it all. */
  async function saveAll(): Promise<boolean> {
    const all = [...editors.values()]
    await Promise.all(all.map((editor) => editor.saveNow()))
    return all.every(({ status }) => status.value === 'saved')
  }
  return { id, campaign, revision, editors, state, run, problems, context, saveAll, take, preview }
}

export type Studio = ReturnType<typeof useStudio>

/** The rows that publishing would make, read again after each save. Null before the first answer. */
function usePreview(id: string) {
  const shown = shallowRef<CampaignPreview | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  function ask(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void read(), PREVIEW_PAUSE_MS)
  }
  async function read(): Promise<void> {
    const next = await answerOf(supabase.rpc('preview_convocatoria', { p_id: id })).catch(() => null)
    if (next) shown.value = next // without signal the last one stays
  }
  return { shown, ask }
}
