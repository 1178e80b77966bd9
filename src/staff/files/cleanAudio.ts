/**
 * A recording without what it says besides sound. Tags around frames are cut off. In an MP4 they are blanked, which moves
 * no byte; where that is not enough, and in Ogg, the sound is copied into a new file, packet by packet.
 */
import { blank, findMarks } from '@/media/strip'
import { checkAudio, framesOf, readIn } from '../../../supabase/functions/_shared/files/audio'

async function blanked(bytes: Uint8Array): Promise<Uint8Array> {
  const copy = bytes.slice()
  blank(copy.buffer, 0, await findMarks(readIn(copy), copy.length))
  return copy
}

/** The sound alone, in a new file of the same format; the chosen one where that cannot be had. */
async function repacked(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<Uint8Array> {
  const { repackSound } = await import('@/media/repackSound')
  return await repackSound(bytes, mime).catch(() => bytes)
}

/** What is no such recording comes back as it is, or nearly so, and the check refuses it. */
export async function cleanAudio(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<Uint8Array> {
  if (mime !== 'audio/mp4' && mime !== 'audio/ogg') return framesOf(bytes, mime)
  const isClean = async (one: Uint8Array) => (await checkAudio(one, mime)).refusal === null
  if (await isClean(bytes)) return bytes
  if (mime === 'audio/ogg') return await repacked(bytes, mime)
  const copy = await blanked(bytes)
  return (await isClean(copy)) ? copy : await blanked(await repacked(bytes, mime))
}
