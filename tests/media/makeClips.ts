/**
 * Makes the clips of `tests/media/clips` with ffmpeg: `npx tsx tests/media/makeClips.ts`. Each lasts 2 s and says a
 * place in one of the ways of phones and cameras. Tests read the committed files, so they need no ffmpeg.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const FOLDER = path.join(import.meta.dirname, 'clips')
const PLACE = '+19.2826-099.6557/'

const PICTURE = '-f lavfi -i testsrc2=size=64x48:rate=8:duration=2'
const SOUND = '-f lavfi -i sine=frequency=330:duration=2:sample_rate=16000'
const AVC = '-c:v libx264 -preset veryslow -crf 45 -pix_fmt yuv420p -c:a aac -b:a 8k -ac 1'
const HEVC =
  '-c:v libx265 -x265-params log-level=none -crf 45 -tag:v hvc1 -pix_fmt yuv420p -c:a aac -b:a 8k -ac 1'
const VP8 = '-c:v libvpx -b:v 12k -c:a libopus -b:a 8k -ac 1'
/** How a phone describes itself. */
const PHONE = `-metadata location=${PLACE} -metadata creation_time=2026-11-01T10:11:12Z -metadata model=SM-G991B`

function make(name: string, options: string, inputs = `${PICTURE} ${SOUND}`): void {
  const output = path.join(FOLDER, name)
  const made = spawnSync('ffmpeg', [
    '-y',
    '-v',
    'error',
    ...`${inputs} ${options}`.trim().split(/\s+/),
    output,
  ])
  if (made.status !== 0) throw new Error(`${name}: ${made.stderr.toString()}`)
}

/** Appends to `moov`, the last box of the file, the box in which Android phones write a place. */
function addXyz(name: string): void {
  const bytes = readFileSync(path.join(FOLDER, name))
  const text = Buffer.from(`\0\0\0\0\xa9xyz\0\0\x15\xc7${PLACE}`, 'latin1')
  text.writeUInt32BE(text.length)
  text.writeUInt16BE(PLACE.length, 8)
  const head = Buffer.from('\0\0\0\0udta')
  head.writeUInt32BE(head.length + text.length)
  const moov = bytes.indexOf('moov') - 4
  bytes.writeUInt32BE(bytes.readUInt32BE(moov) + head.length + text.length, moov)
  writeFileSync(path.join(FOLDER, name), Buffer.concat([bytes, head, text]))
}

/** Long enough for the campaign of the seed, upright, and small. */
const FILMED =
  '-f lavfi -i testsrc2=size=48x64:rate=4:duration=16 -f lavfi -i sine=frequency=330:duration=16:sample_rate=8000'

const captions = path.join(FOLDER, 'captions.srt')
writeFileSync(captions, `1\n00:00:00,000 --> 00:00:02,000\n${PLACE}\n`)
make('captions.mp4', `${AVC} -c:s mov_text -map_metadata -1`, `${PICTURE} ${SOUND} -i ${captions}`)
rmSync(captions)
make('xyz.mp4', `${AVC} -map_metadata -1 -fflags +bitexact`)
addXyz('xyz.mp4')
make('first.mp4', `${AVC} -movflags +faststart`)
make('fragments.mp4', `${AVC} ${PHONE} -movflags +frag_keyframe+empty_moov+use_metadata_tags`)
make('phone.mov', `${AVC} ${PHONE} -movflags +use_metadata_tags`)
make('hevc.mov', HEVC, FILMED)
make('filmed.mov', `${AVC} ${PHONE} -movflags +use_metadata_tags`, FILMED)
make('filmed.mp4', `${AVC} -map_metadata -1 -fflags +bitexact`, FILMED)
addXyz('filmed.mp4')
make('cut.mp4', `${AVC} -movflags +faststart`, FILMED)
const whole = readFileSync(path.join(FOLDER, 'cut.mp4'))
writeFileSync(path.join(FOLDER, 'cut.mp4'), whole.subarray(0, Math.round(whole.length * 0.45)))
make('phone.3gp', `${AVC} ${PHONE} -f 3gp`)
make('tags.webm', `${VP8} -metadata LOCATION=${PLACE}`)

/** Recordings of half a second. The picture in one of them says the place in its Exif. */
const VOICE = '-f lavfi -i sine=frequency=330:duration=0.5:sample_rate=48000'
const SPOKEN = `-ac 1 ${PHONE} -metadata GEO_LOCATION=${PLACE} -metadata artist=Ana`
const PHOTO = `\xff\xd8\xff\xe1Exif\0\0${PLACE}\xff\xd9`
const block = `\0\0\0\x03\0\0\0\x0aimage/jpeg${'\0'.repeat(23)}${String.fromCharCode(PHOTO.length)}${PHOTO}`
const cover = `METADATA_BLOCK_PICTURE=${Buffer.from(block, 'latin1').toString('base64')}`
make('voice.opus', `-c:a libopus -b:a 8k ${SPOKEN} -metadata ${cover}`, VOICE)
make('voice.ogg', `-c:a libvorbis -q:a 0 ${SPOKEN}`, VOICE)
make('voice.m4a', `-c:a aac -b:a 16k ${SPOKEN} -movflags +use_metadata_tags`, VOICE)
make('voice.mp3', `-c:a libmp3lame -b:a 16k -ar 16000 ${SPOKEN} -write_id3v1 1`, VOICE)
make(
  'vorbis.webm',
  '-map 0:v -map 1:a -c:v libvpx -b:v 12k -c:a copy -map_metadata -1',
  `${PICTURE} -i ${path.join(FOLDER, 'voice.ogg')}`,
)
make('poster.jpg', '-frames:v 1 -fflags +bitexact -flags:v +bitexact', PICTURE)

/** A public copy of 16 s, without words: `npm run rendition` of a blue picture and of silence. */
const BLUE = '-f lavfi -i color=c=0x225566:s=320x180:r=10:d=16 -f lavfi -i anullsrc=r=48000'
make('prepared.mp4', '-t 16 -c:v libx264 -crf 40 -c:a aac -b:a 32k', BLUE)
const prepared = path.join(FOLDER, 'prepared.mp4')
renameSync(prepared, `${prepared}.from.mp4`)
spawnSync('npm', ['run', '-s', 'rendition', '--', `${prepared}.from.mp4`, prepared], { stdio: 'inherit' })
rmSync(`${prepared}.from.mp4`)

/** Copies that are none: 1080 lines, and sound or a picture that few browsers play. Their index comes first. */
const COPY = '-map_metadata -1 -fflags +bitexact -movflags +faststart'
const CLEAR = '-f lavfi -i sine=frequency=330:duration=2:sample_rate=48000'
const TALL = '-f lavfi -i color=c=gray:size=1920x1080:rate=2:duration=2'
make(
  'tall.mp4',
  `-c:v libx264 -preset veryslow -crf 51 -pix_fmt yuv420p -c:a aac -b:a 8k -ac 1 ${COPY}`,
  `${TALL} ${CLEAR}`,
)
make('opus.mp4', `${AVC} -c:a libopus ${COPY}`, `${PICTURE} ${CLEAR}`)
make('hevc.mp4', `${HEVC} ${COPY}`, PICTURE)
