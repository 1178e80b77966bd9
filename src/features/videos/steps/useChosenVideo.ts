/** From a chosen file to a sealed copy on this phone: looked at first, copied at the person's word. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { Fault } from '@/domain/fault'
import type { VideoDetails } from '@/domain/video'
import { inspectVideo, type Inspected } from '@/media/inspect'
import { makePoster } from '@/media/poster'
import type { CopyOptions } from '@/media/copy'
import { stageMedia } from '@/media/store'
import type { Answers } from '../answers'

/** `refused`: the file cannot be sent, or could not be kept; `code` says why. */
type ChoiceState = 'none' | 'looking' | 'found' | 'copying' | 'refused'

type Described = Pick<Answers, 'media' | 'poster'>

/** Copies a file with its picture and its hash; what fails or is given up leaves nothing behind. */
async function copyToPhone(
  submissionId: string,
  file: Blob,
  { mime, durationMs, width, height }: Inspected,
  options: CopyOptions,
): Promise<Described> {
  const poster = await makePoster(file)
  const media = await stageMedia({ id: crypto.randomUUID(), submissionId, file, mime }, options)
  return { media: { ...media, duration_ms: Math.round(durationMs), width, height }, poster }
}

const beginning = () => ({
  moment: ref<ChoiceState>('none'),
  code: ref<string | null>(null),
  found: shallowRef<Inspected | null>(null),
  /** Bytes. */
  copied: ref(0),
  file: shallowRef<Blob | null>(null),
})

/** Nothing is chosen any more; `why` when something stood in the way. */
function end({ moment, code, found, file }: ReturnType<typeof beginning>, why: string | null = null): void {
  file.value = null
  found.value = null
  code.value = why
  moment.value = why === null ? 'none' : 'refused'
}

/**
 * `sealed` is told of a finished copy, and only after it resolves the copy is over; one that is not finished
 * when the screen goes is given up.
 */
export function useChosenVideo(
  draftId: string,
  limits: () => VideoDetails,
  sealed: (patch: Described) => Promise<void>,
) {
  const state = beginning()
  const { moment, code, found, copied, file } = state
  let copying = new AbortController()
  const cancel = () => copying.abort()
  onScopeDispose(cancel)

  /** Looks at the file where it lies; nothing is copied yet. A later choice replaces an earlier one. */
  async function choose(chosen: Blob): Promise<void> {
    cancel()
    file.value = chosen
    moment.value = 'looking'
    const result = await inspectVideo(chosen, limits())
    if (file.value !== chosen) return
    if ('refusal' in result) return end(state, result.refusal)
    found.value = result
    moment.value = 'found'
  }

  async function keep(): Promise<void> {
    const chosen = file.value
    if (!chosen || !found.value || moment.value === 'copying') return
    const { signal } = (copying = new AbortController())
    copied.value = 0
    moment.value = 'copying'
    try {
      const onProgress = (bytes: number) => (copied.value = bytes)
      await sealed(await copyToPhone(draftId, chosen, found.value, { onProgress, signal }))
      end(state)
    } catch (error) {
      if (!signal.aborted) end(state, error instanceof Fault ? error.code : 'unknown')
      else if (file.value === chosen) end(state)
    }
  }

  return { moment, code, found, copied, choose, keep, cancel }
}
