/** The last step of a public copy: its index comes first, so that it plays while it arrives, and nothing but picture and sound is in it. */
import { BlobSource, Input } from 'mediabunny'
import { Fault } from '@/domain/fault'
import { toHex } from '@/domain/hex'
import { remux } from './remux'
import { blank, findMarks } from './strip'
import { FORMATS } from '../../supabase/functions/_shared/media/formats'
import { judge } from '../../supabase/functions/_shared/media/judge'

/** What is announced of the copy, and its bytes. */
export interface MadeCopy {
  bytes: Uint8Array<ArrayBuffer>
  mime: 'video/mp4'
  sha256: string
  duration_ms: number
  width: number
  height: number
}

/** How a stored video is coded. */
export interface Coded {
  picture: string | null
  sound: string | null
  /** As people see it, after the turn that a phone notes. */
  width: number
  height: number
}

const inputOf = (file: Blob) => new Input({ source: new BlobSource(file), formats: FORMATS })

export async function codedAs(file: Blob): Promise<Coded> {
  const input = inputOf(file)
  try {
    const [picture, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
    return {
      picture: (await picture?.getCodec()) ?? null,
      sound: sound && ((await sound.getCodec()) ?? 'unknown'),
      width: (await picture?.getDisplayWidth()) ?? 0,
      height: (await picture?.getDisplayHeight()) ?? 0,
    }
  } finally {
    input.dispose()
  }
}

async function lengthOf(file: Blob): Promise<number> {
  const input = inputOf(file)
  try {
    return Math.round((await input.computeDuration()) * 1000)
  } finally {
    input.dispose()
  }
}

/** Fault `copy_not_clean` when something besides picture and sound would be left, because the server would refuse it. */
export async function fastStart(coded: Blob, signal: AbortSignal): Promise<MadeCopy> {
  const made = await remux(coded, 'video/mp4', signal, 'first')
  if (!made) throw new Fault('copy_failed', false)
  const buffer = await made.file.arrayBuffer()
  const read = async (start: number, end: number) => new DataView(buffer, start, end - start)
  blank(buffer, 0, await findMarks(read, buffer.byteLength))
  if ((await judge(read, buffer.byteLength, 'video/mp4')).tells.length > 0)
    throw new Fault('copy_not_clean', false)
  const { width, height } = await codedAs(made.file)
  return {
    bytes: new Uint8Array(buffer),
    mime: 'video/mp4',
    sha256: toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', buffer))),
    duration_ms: await lengthOf(made.file),
    width,
    height,
  }
}
