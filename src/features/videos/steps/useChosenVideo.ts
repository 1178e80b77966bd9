/** From a chosen file to a sealed copy on this phone: looked at first, copied at the person's word. */
import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import { Fault } from '@/domain/fault'
import type { VideoDetails } from '@/domain/video'
import { inspectVideo, type Inspected } from '@/media/inspect'
import { makePoster } from '@/media/poster'
import { stageMedia, type StageOptions } from '@/media/store'
import type { Answers } from '../answers'

/** `refused`: the file cannot be sent, or could not be kept; `code` says why. */
type Moment = 'none' | 'looking' | 'found' | 'copying' | 'refused'

type Described = Pick<Answers, 'media' | 'poster'>

/** Copies a file with its picture and its hash; what fails or is given up leaves nothing behind. */
async function copyToPhone(
  submissionId: string,
  file: Blob,
  { mime, durationMs, width, height }: Inspected,
  options: StageOptions,
): Promise<Described> {
  const poster = await makePoster(file)
  const media = await stageMedia({ id: crypto.randomUUID(), submissionId, file, mime }, options)
  return { media: { ...media, duration_ms: Math.round(durationMs), width, height }, poster }
}

/** `sealed` is told of a finished copy; one that is not finished when the screen goes is given up. */
export function useChosenVideo(
  draftId: string,
  limits: () => VideoDetails,
  sealed: (patch: Described) => void,
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
    forget()
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

  async function keep(): Promise<void> {
    if (!file || !found.value || moment.value === 'copying') return
    const [chosen, { signal }] = [file, (copying = new AbortController())]
    copied.value = 0
    moment.value = 'copying'
    try {
      const onProgress = (bytes: number) => (copied.value = bytes)
      sealed(await copyToPhone(draftId, chosen, found.value, { onProgress, signal }))
      forget()
    } catch (error) {
      if (!signal.aborted) refuse(error instanceof Fault ? error.code : 'unknown')
      else if (file === chosen) forget()
    }
  }

  const told = { moment: readonly(moment), code: readonly(code), copied: readonly(copied), found }
  return { ...told, choose, keep, cancel }
}
