/** A voice note of a draft: recorded, chosen, or found again after the page ended while it was being recorded. */
import { onMounted, ref } from 'vue'
import { Fault } from '@/domain/fault'
import { faultText } from '@/i18n/refusals'
import { discardMedia } from '@/media/store'
import { keepChosen, keepSound, type KeptVoice } from '@/media/voice/keepSound'
import { dropRecordings, leftRecording } from '@/media/recorder/recordings'
import { useRecorder } from '@/media/voice/useRecorder'
import { t } from './words'

const TROUBLE = {
  microphone_refused: 'trouble.microphone_refused',
  microphone_missing: 'trouble.microphone_missing',
  microphone_busy: 'trouble.microphone_busy',
  recording_empty: 'trouble.recording_empty',
  media_code_missing: 'trouble.media_code_missing',
  media_type_unsupported: 'trouble.media_type_unsupported',
  media_unreadable: 'trouble.media_unreadable',
  media_too_large: 'trouble.media_too_large',
  media_too_short: 'trouble.media_too_short',
  media_too_long: 'trouble.media_too_long',
} as const

/** What happened and what to do. */
function troubleWords(error: unknown): string {
  const code = error instanceof Fault ? error.code : ''
  return code in TROUBLE ? t(TROUBLE[code as keyof typeof TROUBLE]) : faultText(error)
}

/** The description of the sound that the answers keep. */
export type VoiceAnswer = Pick<KeptVoice, 'id' | 'bytes' | 'mime' | 'sha256' | 'duration_ms'>

interface Draft {
  id: string
  /** Writes the answer to disk; null: none. Resolves when it is there. */
  save(media: VoiceAnswer | null): Promise<unknown>
  /** Makes sure that the draft is on disk before anything is recorded for it. */
  begin(): Promise<unknown>
}

/** Runs one act after the other, with what happened in words. */
function useAttempts() {
  const trouble = ref<string | null>(null)
  const isKeeping = ref(false)
  async function attempt(work: () => Promise<unknown>): Promise<void> {
    trouble.value = null
    isKeeping.value = true
    await work().catch((error: unknown) => (trouble.value = troubleWords(error)))
    isKeeping.value = false
  }
  return { trouble, isKeeping, attempt }
}

const save = (draft: Draft, { id, bytes, mime, sha256, duration_ms }: KeptVoice) =>
  draft.save({ id, bytes, mime, sha256, duration_ms })

/**
 * Keeps what was recorded, also what came before a storage that failed. What cannot be a note is deleted. Resolves to whether
 * there was any sound.
 */
async function keepRecorded(draft: Draft): Promise<boolean> {
  const left = await leftRecording(draft.id)
  if (!left) return false
  try {
    await save(draft, await keepSound(draft.id, left))
    return true
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('media_')) await dropRecordings(draft.id)
    throw error
  }
}

/** The commands of a voice note. Call it in a setup. */
export function useVoice(draft: Draft, hasKept: () => boolean) {
  const { trouble, isKeeping, attempt } = useAttempts()
  const wasFound = ref(false)

  const recorder = useRecorder(draft.id, (failure) =>
    attempt(async () => {
      const isKept = await keepRecorded(draft)
      if (failure) throw failure
      if (!isKept) throw new Fault('recording_empty', false)
    }),
  )
  onMounted(async () => {
    if (!hasKept()) await attempt(async () => (wasFound.value = await keepRecorded(draft)))
  })

  async function start(): Promise<void> {
    trouble.value = null
    wasFound.value = false
    await draft.begin()
    await recorder.start().catch((error: unknown) => (trouble.value = troubleWords(error)))
  }
  const choose = (file: File) => attempt(async () => save(draft, await keepChosen(draft.id, file)))
  const remove = () =>
    attempt(async () => {
      await discardMedia(draft.id)
      await draft.save(null)
      wasFound.value = false
    })
  return { recorder, trouble, isKeeping, wasFound, start, choose, remove }
}
