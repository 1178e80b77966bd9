/** The institution's settings on this screen: reading, what was changed, saving, and what somebody else saved first. */
import { computed, nextTick, ref, shallowRef, type ShallowRef, watch } from 'vue'
import { useInstitutionStore } from '@/data/institutionStore'
import { rpcGet } from '@/data/rpc'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { Fault } from '@/domain/fault'
import type { InstitutionSettings } from '@/domain/institution'
import { problemText } from '@/i18n/problems'
import { rebaseForm } from '../conflict/changes'
import { changesOf, formOf, type SettingsForm } from './settingsForm'

interface FieldError {
  field: string
  message: string
}

const toError = (error: unknown): FieldError => ({
  field: (error as { details?: { field?: string } }).details?.field ?? '',
  message: problemText(error instanceof Fault ? error.code : 'server'),
})

const ask = () => answerOf(supabase.rpc('institution_settings'))

/**
 * Shows and keeps on this device what is public of the institution now. The worker answers a GET with what it kept, and
 * renews that; a POST passes it.
 */
async function renewPublic(): Promise<void> {
  const answers = await Promise.allSettled([answerOf(supabase.rpc('bootstrap')), rpcGet('bootstrap')])
  if (answers[0].status === 'fulfilled') useInstitutionStore().take(answers[0].value)
}

/** Saves what changed, one call after the other. Answers the settings after the last one; null without changes. */
async function send(version: number, { data, holidays }: ReturnType<typeof changesOf>) {
  let latest: InstitutionSettings | null = null
  if (data)
    latest = await answerOf(supabase.rpc('save_institution', { p_expected_version: version, p_data: data }))
  const expected = latest?.version ?? version
  if (holidays)
    latest = await answerOf(supabase.rpc('save_holidays', { p_expected_version: expected, p_days: holidays }))
  if (latest) void renewPublic()
  return latest
}

/** What is being written over what it began from. */
function useForm(settings: ShallowRef<InstitutionSettings | null>) {
  const form = ref<SettingsForm | null>(null)
  const was = shallowRef<SettingsForm | null>(null)
  /** What somebody else saved meanwhile: nothing of either is lost until the person chooses. */
  const newer = shallowRef<InstitutionSettings | null>(null)

  function begin(from: InstitutionSettings): void {
    settings.value = from
    was.value = formOf(from)
    form.value = formOf(from)
    newer.value = null
  }
  watch(settings, (now) => now && !form.value && begin(now))

  /** Puts what was written here over what somebody else saved. */
  function rebase(): void {
    if (!newer.value || !form.value || !was.value) return
    const mine = rebaseForm(form.value, was.value, formOf(newer.value))
    begin(newer.value)
    form.value = mine
  }
  const changes = computed(() =>
    form.value && was.value ? changesOf(form.value, was.value) : { data: null, holidays: null },
  )
  return { form, was, newer, begin, rebase, changes }
}

/** Reads at once. */
export function useSettings() {
  const { value: settings, state, run } = useLoad(ask)
  const { begin, rebase, changes, ...written } = useForm(settings)
  const { form, newer } = written
  const errors = ref<FieldError[]>([])
  const isBusy = ref(false)
  const isSaved = ref(false)
  watch(form, () => (isSaved.value = false), { deep: true })
  void run()

  /** Whether everything is saved now. */
  async function save(): Promise<boolean> {
    if (isBusy.value || !settings.value) return false
    isBusy.value = true
    errors.value = []
    try {
      const latest = await send(settings.value.version, changes.value)
      if (latest) begin(latest)
      await nextTick() // the form that begins anew is no change
      isSaved.value = true
    } catch (error) {
      if (error instanceof Fault && error.code === 'conflict') newer.value = await ask().catch(() => null)
      if (!newer.value) errors.value = [toError(error)]
    } finally {
      isBusy.value = false
    }
    return isSaved.value
  }
  return {
    ...written,
    settings,
    state,
    run,
    errors,
    isBusy,
    isSaved,
    isChanged: computed(() => !!changes.value.data || !!changes.value.holidays),
    save,
    keepMine: () => (rebase(), save()),
    keepTheirs: () => newer.value && begin(newer.value),
  }
}
