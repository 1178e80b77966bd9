/** Makes the public copy of a video with ffmpeg, as the desk does in a browser: the same size, codecs and order of bytes. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { judge } from '../../supabase/functions/_shared/media/judge'
import { blank, findMarks } from '../../src/media/strip'

export interface MadeCopy {
  bytes: Buffer<ArrayBuffer>
  sha256: string
  duration_ms: number
  width: number
  height: number
}

const MAX_BPS = 2_000_000
const MAX_BYTES = 44_000_000
const SOUND_BPS = 96_000

interface Probed {
  streams: { codec_type: string; width?: number; height?: number }[]
  format: { duration: string }
}

function probe(file: string): Probed {
  const asked = [
    '-v',
    'error',
    '-of',
    'json',
    '-show_entries',
    'format=duration:stream=codec_type,width,height',
  ]
  return JSON.parse(execFileSync('ffprobe', [...asked, file], { encoding: 'utf8' })) as Probed
}

/** `min` stops at 720 on the short side, and even numbers are all that H.264 takes. */
const SCALE = "scale='if(gt(iw,ih),-2,min(720,trunc(iw/2)*2))':'if(gt(iw,ih),min(720,trunc(ih/2)*2),-2)'"

function encode(from: string, to: string): void {
  const seconds = Number(probe(from).format.duration)
  const picture = Math.round(Math.min(MAX_BPS, (MAX_BYTES * 8) / seconds) * 0.985 - SOUND_BPS)
  const coded = [
    '-c:v',
    'libx264',
    '-preset',
    'medium',
    '-crf',
    '24',
    '-maxrate',
    `${picture}`,
    '-bufsize',
    `${picture * 2}`,
  ]
  // what the encoder says of itself within the picture goes too
  const shown = ['-vf', SCALE, '-pix_fmt', 'yuv420p', '-g', '60', '-bsf:v', 'filter_units=remove_types=6']
  const heard = ['-c:a', 'aac', '-b:a', `${SOUND_BPS}`, '-ac', '2']
  const bare = [
    '-map_metadata',
    '-1',
    '-map_chapters',
    '-1',
    '-fflags',
    '+bitexact',
    '-flags:v',
    '+bitexact',
    '-flags:a',
    '+bitexact',
  ]
  const lanes = ['-map', '0:v:0', '-map', '0:a:0?']
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-i',
    from,
    ...lanes,
    ...coded,
    ...shown,
    ...heard,
    ...bare,
    '-movflags',
    '+faststart',
    to,
  ])
}

/** Blanks what ffmpeg still says of itself, and reads the copy as the server will. Throws when something else is in it. */
export async function makeCopy(from: string, to: string): Promise<MadeCopy> {
  encode(from, to)
  const bytes = Buffer.from(new Uint8Array(readFileSync(to)))
  const read = async (start: number, end: number) =>
    new DataView(bytes.buffer, bytes.byteOffset + start, end - start)
  const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  blank(whole, 0, await findMarks(read, bytes.length))
  const clean = Buffer.from(whole)
  const judged = await judge(
    async (start, end) => new DataView(whole, start, end - start),
    clean.length,
    'video/mp4',
  )
  if (judged.tells.length > 0)
    throw new Error(`La copia dice más que imagen y sonido: ${judged.tells.join(', ')}`)
  const { streams, format } = probe(to)
  const picture = streams.find(({ codec_type: type }) => type === 'video')
  return {
    bytes: clean,
    sha256: createHash('sha256').update(clean).digest('hex'),
    duration_ms: Math.round(Number(format.duration) * 1000),
    width: picture?.width ?? 0,
    height: picture?.height ?? 0,
  }
}
