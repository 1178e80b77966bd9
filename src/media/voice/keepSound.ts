/** Keeps a voice note on this phone: what was just recorded, or a file that somebody chose. */
import { importOptional } from '@/data/optionalCode'
import { Fault } from '@/domain/fault'
import { loadCleaner } from '../cleaner'
import { measure } from '../measure'
import { stageMedia, type SealedMedia } from '../store'

/** As `app.check_voice_limits` has them. The recorder stops at 90 seconds, and its last slice may end a little later. */
const LIMITS = { min_ms: 1_000, max_ms: 92_000, max_bytes: 4_194_304 }
/** A larger file is no voice note, and would be read whole into the memory of the phone. */
const MAX_CHOSEN_BYTES = 32 * 1024 * 1024

export interface KeptVoice extends SealedMedia {
  duration_ms: number
}

const refuse = (code: string): never => {
  throw new Fault(code, false)
}

/**
 * Seals the sound as the file of this draft, and deletes the recording that it was. `seconds`: its length where the browser cannot
 * tell. Faults: `media_too_short`, `media_too_long`, `media_too_large`, `media_unreadable`, and those of `stageMedia`.
 */
export async function keepSound(
  submissionId: string,
  { file, mime, seconds = 0 }: { file: Blob; mime: string; seconds?: number },
): Promise<KeptVoice> {
  const duration_ms = (await measure(file))?.durationMs ?? seconds * 1000
  if (file.size > LIMITS.max_bytes) refuse('media_too_large')
  if (duration_ms === 0) refuse('media_unreadable')
  if (duration_ms < LIMITS.min_ms) refuse('media_too_short')
  if (duration_ms > LIMITS.max_ms) refuse('media_too_long')
  const sealed = await stageMedia({ id: crypto.randomUUID(), submissionId, file, mime })
  return { ...sealed, duration_ms }
}

/** Keeps a chosen file. The code that reads it comes with the first one. Fault `media_code_missing` without signal. */
export async function keepChosen(submissionId: string, chosen: Blob): Promise<KeptVoice> {
  if (chosen.size > MAX_CHOSEN_BYTES) refuse('media_too_large')
  await loadCleaner()
  const { repackVoice } = await importOptional(() => import('../repackVoice')).catch(() =>
    refuse('media_code_missing'),
  )
  const made = await repackVoice(chosen)
  return await keepSound(submissionId, made ?? refuse('media_type_unsupported'))
}
