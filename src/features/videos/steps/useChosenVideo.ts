/** From a chosen file to a sealed copy on this phone: looked at first, copied at the person's word. */
import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import { Fault } from '@/domain/fault'
import type { VideoDetails } from '@/domain/video'
import { inspectVideo, type Inspected } from '@/media/inspect'
import { makePoster } from '@/media/poster'
import { stageMedia } from '@/media/store'
import type { Answers } from '../answers'

/** `refused`: the file cannot be sent, or could not be kept; `code` says why. */
type Moment = 'none' | 'looking' | 'found' | 'copying' | 'refused'

/** `sealed` is told of a finished copy; one that is not finished when the screen goes is given up. */
export function useChosenVideo(
  draftId: string,
  limits: () => VideoDetails,
  sealed: (patch: Pick<Answers, 'media' | 'poster'>) => void,
) {
  const moment = ref<Moment>('none')
  const code = ref<string | null>(null)
  const found = shallowRef<Inspected | null>(null)
  const copied = ref(0)
  let file: Blob | null = null
  let copying = new AbortController()
  const cancel = () => copying.abort()
  onScopeDispose(cancel)

  function refuse(why: string): void {
    moment.value = 'refused'
    code.value = why
  }

  function forget(): void {
    file = null
    found.value = null
    moment.value = 'none'
  }

  /** Looks at the file where it lies; nothing is copied yet. A later choice replaces an earlier one. */
  async function choose(chosen: Blob): Promise<void> {
    cancel()
    file = chosen
    moment.value = 'looking'
    const result = await inspectVideo(chosen, limits())
    if (file !== chosen) return
    if ('refusal' in result) return refuse(result.refusal)
    found.value = result
    moment.value = 'found'
  }

  /** Copies it with its picture, hash and progress. What fails leaves nothing behind. */
  async function keep(): Promise<void> {
    if (!file || !found.value || moment.value === 'copying') return
    const [chosen, { mime, durationMs, width, height }, mine] = [file, found.value, new AbortController()]
    copying = mine
    copied.value = 0
    moment.value = 'copying'
    try {
      const poster = await makePoster(chosen)
      const media = { id: crypto.randomUUID(), submissionId: draftId, file: chosen, mime }
      const onProgress = (bytes: number) => (copied.value = bytes)
      const kept = await stageMedia(media, { onProgress, signal: mine.signal })
      sealed({ media: { ...kept, duration_ms: Math.round(durationMs), width, height }, poster })
      forget()
    } catch (error) {
      if (mine.signal.aborted) return file === chosen ? forget() : undefined
      refuse(error instanceof Fault ? error.code : 'unknown')
    }
  }

  return {
    moment: readonly(moment),
    code: readonly(code),
    found,
    copied: readonly(copied),
    choose,
    keep,
    cancel,
  }
}
