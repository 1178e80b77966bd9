/**
 * The captions of a video while a member corrects them. What they wrote stays on this device, whatever happens to the submission,
 * until one transaction replaces it with its op or they prefer the saved captions.
 */
import { computed, type Ref, ref, watch } from 'vue'
import type { StaffItem } from '@/domain/staffRows'
import type { Cue } from '@/domain/video'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { dropKept, sendKept } from '@/staff/review/ownOp'
import { type Keeping, useKeeping } from '@/staff/review/useKeeping'
import { KEPT, type KeptCaptions, KIND, useOwnCaptions } from './useOwnCaptions'

const isSame = (one: Cue[] | null, other: Cue[] | null) => JSON.stringify(one) === JSON.stringify(other)

/** `item` returns the current submission, which may change. Call it in a setup. */
export function useCaptions(id: string, item: () => StaffItem<'videos'>) {
  const { userId } = useStaffSessionStore()
  const { op, stopped, stoppedCues, stoppedVoiceless } = useOwnCaptions(id)
  const theirs = computed(() => item().content.captions ?? null)
  const cues = ref<Cue[]>([])
  const voiceless = ref(false)
  const over = ref<Cue[] | null>(null)
  const current = (): KeptCaptions => ({ cues: cues.value, voiceless: voiceless.value, over: over.value })
  const keeping = useKeeping<KeptCaptions>(userId, id, KEPT, current, show)

  /** Shows what is kept, or the saved captions without it. */
  function show(kept: KeptCaptions | undefined) {
    if (kept) [cues.value, voiceless.value, over.value] = [kept.cues, kept.voiceless ?? false, kept.over]
    else begin()
    keeping.isDirty.value = !!kept
  }
  function begin() {
    cues.value = stoppedCues.value ?? theirs.value ?? []
    voiceless.value = stoppedVoiceless.value ?? item().content.voiceless ?? false
    over.value = theirs.value
  }
  const isFound = ref(false)
  void keeping.find().then((found) => {
    if (found) show(found)
    isFound.value = true
  })
  watch(
    [isFound, stopped, theirs, () => item().content.voiceless],
    () => isFound.value && !keeping.isDirty.value && begin(),
  )

  /** Whether other captions were saved than those that the member saw. */
  const isBehind = computed(() => {
    if (stopped.value) return !isSame(theirs.value ?? [], stoppedCues.value)
    return keeping.isDirty.value && !isSame(theirs.value, over.value)
  })

  function change(changed: Cue[], isVoiceless = false) {
    ;[cues.value, voiceless.value] = [changed, isVoiceless]
    keeping.touch()
  }
  const acts = useActs({ id, item, userId, stopped, cues, voiceless, keeping, begin })
  return { op, stopped, cues, voiceless, isFound, isBehind, keeping, change, ...acts }
}

interface Parts {
  id: string
  item: () => StaffItem<'videos'>
  userId: string
  stopped: ReturnType<typeof useOwnCaptions>['stopped']
  cues: Readonly<Ref<Cue[]>>
  voiceless: Readonly<Ref<boolean>>
  keeping: Keeping<KeptCaptions>
  begin: () => void
}

function useActs({ id, item, userId, stopped, cues, voiceless, keeping, begin }: Parts) {
  const save = () =>
    sendKept(
      () => ({
        kind: KIND,
        entity_id: id,
        payload: {
          cues: cues.value.map((cue) => ({ ...cue, text: cue.text.trim() })),
          ...(voiceless.value && cues.value.length === 0 && { voiceless: true }),
        },
        expected_version: item().version,
        actor: userId,
      }),
      stopped,
      keeping,
    )
  /** Discards these lines and shows the saved ones. */
  async function useSaved() {
    await dropKept(stopped, keeping)
    begin()
  }
  return { save, useSaved }
}
