/** Turns a chosen file into a sealed copy on this phone: inspects it first, copies it after the person agrees. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { Fault } from '@/domain/fault'
import type { VideoDetails } from '@/domain/video'
import { inspectVideo, type Inspected } from '@/media/inspect'
import { makePoster } from '@/media/poster'
import type { CopyOptions } from '@/media/copy'
import { stageMedia } from '@/media/store'
import type { Answers } from '../answers'

/** `refused`: the file cannot be sent or could not be copied; `code` says why. */
type ChoiceState = 'none' | 'looking' | 'found' | 'copying' | 'refused'

type Description = Pick<Answers, 'media' | 'poster'>

/** Copies a file and makes its poster. A failed or cancelled copy leaves nothing behind. */
async function copyToPhone(
  submissionId: string,
  file: Blob,
  { mime, durationMs, width, height }: Inspected,
  options: CopyOptions,
): Promise<Description> {
  const poster = await makePoster(file)
  const media = await stageMedia({ id: crypto.randomUUID(), submissionId, file, mime }, options)
  return { media: { ...media, duration_ms: Math.round(durationMs), width, height }, poster }
}

const emptyChoice = () => ({
  state: ref<ChoiceState>('none'),
  code: ref<string | null>(null),
  found: shallowRef<Inspected | null>(null),
  /** Bytes. */
  copied: ref(0),
  file: shallowRef<Blob | null>(null),
})

/** Clears the choice. `why` is the code of a failure. */
function end({ state, code, found, file }: ReturnType<typeof emptyChoice>, why: string | null = null): void {
  file.value = null
  found.value = null
  code.value = why
  state.value = why === null ? 'none' : 'refused'
}

/**
 * The chosen file and its commands. Call it in a setup. `onSealed` receives the description of a complete copy; the
 * copy ends when it resolves. Unmounting cancels a copy.
 */
export function useChosenVideo(
  draftId: string,
  limits: () => VideoDetails,
  onSealed: (patch: Description) => Promise<void>,
) {
  const choice = emptyChoice()
  const { state, code, found, copied, file } = choice
  let copying = new AbortController()
  const cancel = () => copying.abort()
  onScopeDispose(cancel)

  /** Inspects the file without copying it. A later choice replaces an earlier one. */
  async function choose(chosen: Blob): Promise<void> {
    cancel()
    file.value = chosen
    state.value = 'looking'
    const result = await inspectVideo(chosen, limits())
    if (file.value !== chosen) return
    if ('refusal' in result) return end(choice, result.refusal)
    found.value = result
    state.value = 'found'
  }

  /** Copies the inspected file. */
  async function keep(): Promise<void> {
    const chosen = file.value
    if (!chosen || !found.value || state.value === 'copying') return
    const { signal } = (copying = new AbortController())
    copied.value = 0
    state.value = 'copying'
    try {
      const onProgress = (bytes: number) => (copied.value = bytes)
      await onSealed(await copyToPhone(draftId, chosen, found.value, { onProgress, signal }))
      end(choice)
    } catch (error) {
      if (!signal.aborted) end(choice, error instanceof Fault ? error.code : 'unknown')
      else if (file.value === chosen) end(choice)
    }
  }

  return { state, code, found, copied, choose, keep, cancel }
}
