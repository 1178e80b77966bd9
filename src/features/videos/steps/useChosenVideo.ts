/** Turns a chosen file into a clean copy on this phone: inspects it first, copies it after the person agrees. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { Fault } from '@/domain/fault'
import type { VideoDetails } from '@/domain/video'
import type { ChosenFile } from '@/media/clean'
import { loadCleaner } from '@/media/cleaner'
import type { CopyOptions } from '@/media/copy'
import { inspectVideo, type Inspected, type MediaRefusal } from '@/media/inspect'
import { makePoster } from '@/media/poster'

/**
 * `refused`: the file cannot be sent or could not be copied; `code` says why. `unready`: it stays chosen until this
 * phone has the code that cleans it.
 */
type ChoiceState = 'none' | 'looking' | 'unready' | 'found' | 'cleaning' | 'copying' | 'refused'

/** `codec` of the picture; null: unknown. `poster` is null when this phone cannot show the picture. */
export interface FoundVideo extends Inspected {
  codec: string | null
  poster: string | null
}

/** Keeps a clean file on this phone. Resolves when the person may leave. A failure leaves nothing of it behind. */
export type KeepFile = (file: ChosenFile, found: FoundVideo, options: CopyOptions) => Promise<void>

type Looked = FoundVideo | { refusal: MediaRefusal | 'media_code_missing' }

/** Looks further into a file that may be sent: whether its end is there, and whether its picture can be shown. */
async function lookInto(file: Blob, found: Inspected): Promise<Looked> {
  const { judgeFile } = await loadCleaner()
  const { tells, picture } = await judgeFile({ file, mime: found.mime })
  if (tells.includes('truncated')) return { refusal: 'media_truncated' }
  return { ...found, codec: picture, poster: await makePoster(file) }
}

const isCodeMissing = (cause: unknown) => cause instanceof Fault && cause.code === 'media_code_missing'

/** Inspects the file. A file that cannot be read is unreadable. */
async function inspect(file: Blob, limits: VideoDetails): Promise<Looked> {
  const found = await inspectVideo(file, limits)
  if ('refusal' in found) return found
  return await lookInto(file, found).catch((cause: unknown) => ({
    refusal: isCodeMissing(cause) ? ('media_code_missing' as const) : ('media_unreadable' as const),
  }))
}

/** The file without what it says besides picture and sound. Fault `media_too_large` when that made it too large. */
async function clean(
  file: Blob,
  { mime }: Inspected,
  { max_bytes }: VideoDetails,
  signal: AbortSignal,
): Promise<ChosenFile> {
  const { cleaned } = await loadCleaner()
  const made = await cleaned({ file, mime }, signal)
  if (made.file.size > max_bytes) throw new Fault('media_too_large', false)
  return made
}

const emptyChoice = () => ({
  state: ref<ChoiceState>('none'),
  code: ref<string | null>(null),
  found: shallowRef<FoundVideo | null>(null),
  /** Bytes. */
  copied: ref(0),
  file: shallowRef<Blob | null>(null),
})
type Choice = ReturnType<typeof emptyChoice>

/** Clears the choice. `why` is the code of a failure. */
function end({ state, code, found, file }: Choice, why: string | null = null): void {
  file.value = null
  found.value = null
  code.value = why
  state.value = why === null ? 'none' : 'refused'
}

/** Inspects the file without copying it. A later choice replaces an earlier one. */
async function look(choice: Choice, chosen: Blob, limits: VideoDetails): Promise<void> {
  const { state, found, file } = choice
  file.value = chosen
  state.value = 'looking'
  const result = await inspect(chosen, limits)
  if (file.value !== chosen) return
  if (!('refusal' in result)) {
    found.value = result
    state.value = 'found'
  } else if (result.refusal === 'media_code_missing') state.value = 'unready'
  else end(choice, result.refusal)
}

/** The chosen file and its commands. Call it in a setup. Unmounting cancels a copy. */
export function useChosenVideo(limits: () => VideoDetails, keepFile: KeepFile) {
  const choice = emptyChoice()
  const { state, code, found, copied, file } = choice
  let copying = new AbortController()
  const cancel = () => copying.abort()
  /** Looks again at a file that waits for the code. */
  const again = () => {
    if (state.value === 'unready' && file.value) void look(choice, file.value, limits())
  }
  window.addEventListener('online', again)
  onScopeDispose(() => {
    cancel()
    window.removeEventListener('online', again)
  })

  function choose(chosen: Blob): Promise<void> {
    cancel()
    found.value = null
    return look(choice, chosen, limits())
  }

  /** Copies the inspected file. */
  async function keep(): Promise<void> {
    const chosen = file.value
    if (!chosen || state.value !== 'found' || !found.value) return
    const { signal } = (copying = new AbortController())
    copied.value = 0
    state.value = 'cleaning'
    try {
      const made = await clean(chosen, found.value, limits(), signal)
      found.value = { ...found.value, bytes: made.file.size }
      state.value = 'copying'
      await keepFile(made, found.value, { onProgress: (bytes) => (copied.value = bytes), signal })
      end(choice)
    } catch (error) {
      if (!signal.aborted) end(choice, error instanceof Fault ? error.code : 'unknown')
      else if (file.value === chosen) end(choice)
    }
  }

  return { state, code, found, copied, choose, again, keep, cancel }
}
