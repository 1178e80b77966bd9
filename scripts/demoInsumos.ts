/**
 * Makes the files of the demonstration's insumos again, in `supabase/samples/demo`: `npx tsx scripts/demoInsumos.ts`.
 * Chromium prints the sheet and draws the picture; espeak-ng and ffmpeg speak and pack the recording.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { cleanPdf } from '../supabase/functions/_shared/files/pdfMetadata'
import { repackVoice } from '@/media/repackVoice'
import { ensureChromium } from './chromium'

const FOLDER = path.resolve(import.meta.dirname, '../supabase/samples/demo')
const read = (name: string) => readFileSync(path.join(import.meta.dirname, 'demoInsumos', name), 'utf8')
const write = (name: string, bytes: Uint8Array) => {
  writeFileSync(path.join(FOLDER, name), bytes)
  console.log(`${name}: ${Math.ceil(bytes.length / 1000)} kB`)
}

async function drawPages(page: Page): Promise<void> {
  await page.setContent(read('hoja.html'))
  write('hoja.pdf', cleanPdf(await page.pdf({ preferCSSPageSize: true, tagged: true })))
  await page.setViewportSize({ width: 900, height: 620 })
  await page.setContent(read('camino.html'))
  write('camino.png', await page.screenshot())
}

/** MP3 without tags and without the frame that describes the others. */
function speak(): Buffer {
  const sound = path.join(tmpdir(), `convoca-voz-${process.pid}.wav`)
  try {
    execFileSync('espeak-ng', ['-v', 'es-419', '-s', '150', '-w', sound, read('voz.txt').trim()])
    const plain = ['-map_metadata', '-1', '-id3v2_version', '0', '-write_xing', '0']
    const quiet = ['-loglevel', 'error', '-i', sound, '-ac', '1', '-ar', '16000', '-b:a', '24k']
    return execFileSync('ffmpeg', [...quiet, ...plain, '-f', 'mp3', '-'])
  } finally {
    rmSync(sound, { force: true })
  }
}

/** The same words as somebody's phone would send them: Opus in WebM, and nothing else in it. */
async function packNote(): Promise<Uint8Array> {
  const spoken = path.join(FOLDER, 'voz.mp3')
  const coded = ['-map_metadata', '-1', '-c:a', 'libopus', '-b:a', '24k', '-f', 'ogg', '-']
  const ogg = execFileSync('ffmpeg', ['-loglevel', 'error', '-i', spoken, '-ac', '1', ...coded])
  const made = await repackVoice(new Blob([ogg]))
  if (!made) throw new Error('the note could not be packed')
  return new Uint8Array(await made.file.arrayBuffer())
}

const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
})
try {
  await drawPages(await browser.newPage())
} finally {
  await browser.close()
}
write('voz.mp3', speak())
write('nota.webm', await packNote())
