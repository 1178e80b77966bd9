/** Clips like those of phones, made by ffmpeg, and what ffprobe and the bare bytes say of a file: readers that are not ours. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Why no clip can be made here; null where ffmpeg is. */
export const ffmpegMissing = (): string | null =>
  spawnSync('ffmpeg', ['-version']).status === 0 && spawnSync('ffprobe', ['-version']).status === 0
    ? null
    : 'ffmpeg and ffprobe are not installed'

export const ffmpeg = (...args: string[]): void =>
  void execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })

/** Latitude and longitude as phones write them. */
export const PLACE = '+19.2826-099.6557/'
/** The same as text, as the numbers of 3GP's `loci`, and the names of the boxes and keys that hold places. */
const SIGNS = ['19.2826', '99.6557', '\x00\x13\x48\x58', '\xa9xyz', 'loci', 'ISO6709', 'gpmd', 'GPS']

/** The signs of a place in a file: in its bytes, and in what ffprobe reads. */
export function placesIn(file: string): string[] {
  const bytes = readFileSync(file).toString('latin1')
  const told = execFileSync('ffprobe', [
    '-v',
    'quiet',
    '-show_format',
    '-show_streams',
    '-show_chapters',
    file,
  ])
  const read = told.toString('latin1').toLowerCase()
  return [
    ...SIGNS.filter((sign) => bytes.includes(sign)),
    ...[/tag:[^=\n]*(?:location|iso6709|gps)/u, /19\.28/u].filter((sign) => sign.test(read)).map(String),
  ]
}

interface Stream {
  codec_name: string
  codec_type: 'video' | 'audio'
  width?: number
  height?: number
  duration?: string
}

/** The streams of a file, as ffprobe reads them. */
export const streamsOf = (file: string): Stream[] =>
  (
    JSON.parse(execFileSync('ffprobe', ['-v', 'quiet', '-of', 'json', '-show_streams', file]).toString()) as {
      streams: Stream[]
    }
  ).streams

/** The likeness of a lighter copy to its source, both 1280 pixels wide: 1 is the same. */
export function ssim(made: string, source: string): number {
  const graph = '[1:v]scale=1280:720:flags=bicubic,fps=30[ref];[0:v]fps=30[made];[made][ref]ssim'
  const { stderr } = spawnSync('ffmpeg', ['-i', made, '-i', source, '-lavfi', graph, '-f', 'null', '-'], {
    encoding: 'utf8',
  })
  return Number(/All:([\d.]+)/u.exec(stderr)![1])
}

const picture = (size: string, rate = 30) => ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}`]
const SOUND = ['-f', 'lavfi', '-i', 'sine=440:sample_rate=48000']
const AVC = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', '-pix_fmt', 'yuv420p']
const AAC = ['-c:a', 'aac', '-b:a', '96k']
const LOCATED = ['-metadata', `location=${PLACE}`, '-metadata', `location-eng=${PLACE}`]
const SECONDS = ['-t', '3']

/** The kinds of clips that phones make, each with a place: what ffmpeg is to do. */
const KINDS: Record<string, string[]> = {
  'hevc.mov': [
    ...picture('640x360'),
    ...SOUND,
    ...SECONDS,
    '-c:v',
    'libx265',
    '-preset',
    'ultrafast',
    '-x265-params',
    'log-level=none:keyint=30',
    '-tag:v',
    'hvc1',
    '-pix_fmt',
    'yuv420p',
    ...AAC,
    ...LOCATED,
  ],
  '4k.mp4': [...picture('3840x2160', 10), ...SOUND, '-t', '1.5', ...AVC, ...AAC, ...LOCATED],
  'variable.mp4': [
    ...picture('640x360'),
    ...SOUND,
    ...SECONDS,
    '-vf',
    "select='not(eq(mod(n,7),3))'",
    '-fps_mode',
    'vfr',
    ...AVC,
    ...AAC,
    ...LOCATED,
  ],
  'keys.mov': [
    ...picture('640x360'),
    ...SOUND,
    ...SECONDS,
    ...AVC,
    ...AAC,
    '-movflags',
    'use_metadata_tags',
    '-metadata',
    `com.apple.quicktime.location.ISO6709=${PLACE}`,
    '-metadata',
    'com.apple.quicktime.model=iPhone 15',
  ],
  'tags.webm': [
    ...picture('640x360'),
    ...SOUND,
    ...SECONDS,
    '-c:v',
    'libvpx-vp9',
    '-deadline',
    'realtime',
    '-cpu-used',
    '8',
    '-g',
    '30',
    '-b:v',
    '500k',
    '-c:a',
    'libopus',
    '-metadata',
    `LOCATION=${PLACE}`,
  ],
  'phone.3gp': [...picture('352x288', 15), ...SOUND, ...SECONDS, ...AVC, ...AAC, ...LOCATED],
  'silent.mp4': [...picture('640x360'), ...SECONDS, ...AVC, ...LOCATED],
  'fragmented.mp4': [
    ...picture('640x360'),
    ...SOUND,
    ...SECONDS,
    ...AVC,
    ...AAC,
    ...LOCATED,
    '-movflags',
    'frag_keyframe+empty_moov',
  ],
}

const CLIPS = path.join(import.meta.dirname, '../media/clips')

/** A track of telemetry, which no program here writes: a timed text whose format is called `gpmd`. */
function telemetryClip(): Buffer {
  const clip = readFileSync(path.join(CLIPS, 'captions.mp4')).toString('latin1')
  const changed = clip.replaceAll('sbtl', 'meta').replaceAll('tx3g', 'gpmd').replaceAll('text', 'meta')
  return Buffer.from(changed, 'latin1')
}

/** Makes one of each kind in the folder. Returns their paths by their names. */
export function makePhoneClips(folder: string): Record<string, string> {
  const clips: Record<string, string> = {}
  for (const [name, args] of Object.entries(KINDS)) {
    clips[name] = path.join(folder, name)
    ffmpeg(...args, clips[name])
  }
  clips['portrait.mp4'] = path.join(CLIPS, 'filmed.mp4')
  clips['telemetry.mp4'] = path.join(folder, 'telemetry.mp4')
  writeFileSync(clips['telemetry.mp4'], telemetryClip())
  return clips
}
