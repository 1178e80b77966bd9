/**
 * ffmpeg.wasm as its documentation sets it up (https://ffmpegwasm.netlify.app/docs/getting-started/usage): one thread, the file in
 * its memory. `ultrafast` is the only preset of x264 that a phone would wait for.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { ensureChromium } from '../../../scripts/chromium'
import type { Bench } from '../support/run'
import { withPeak } from './memory'

const MODULES = path.resolve(import.meta.dirname, '../node_modules/@ffmpeg')
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' }

/** The peer is loaded by the page itself, because the runner of this file rewrites every import in it. */
const PAGE = `<!doctype html><script type="module">
import { FFmpeg } from '/ffmpeg/dist/esm/index.js'
globalThis.FFmpeg = FFmpeg
</script>`

/** The page, the peer's own files, and the clip. */
async function serve(the: Bench, clip: string): Promise<string> {
  const server = createServer(({ url = '/' }, answer) => {
    if (url === '/') return answer.setHeader('content-type', 'text/html').end(PAGE)
    const file = url === '/clip' ? clip : path.join(MODULES, path.normalize(url))
    answer.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream')
    try {
      answer.end(readFileSync(file))
    } catch {
      answer.writeHead(404).end()
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  the.finally(() => void server.close())
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

interface Ffmpeg {
  load(options: object): Promise<unknown>
  on(event: 'log', listen: (log: { message: string }) => void): void
  writeFile(name: string, bytes: Uint8Array): Promise<unknown>
  readFile(name: string): Promise<Uint8Array>
  exec(args: string[]): Promise<number>
}

/** Runs in the page. Resolves to the milliseconds and the bytes in base64. */
async function transcode({ args, origin }: { args: string[]; origin: string }): Promise<[number, string]> {
  const { FFmpeg } = globalThis as unknown as { FFmpeg: new () => Ffmpeg }
  const ffmpeg = new FFmpeg()
  const core = `${origin}/core/dist/esm/ffmpeg-core`
  await ffmpeg.load({ coreURL: `${core}.js`, wasmURL: `${core}.wasm` })
  const clip = new Uint8Array(await (await fetch('/clip')).arrayBuffer())
  const from = performance.now()
  await ffmpeg.writeFile('in', clip)
  const code = await ffmpeg.exec(['-i', 'in', ...args, 'out.mp4'])
  const made = await ffmpeg.readFile('out.mp4')
  const ms = performance.now() - from
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`)
  let text = ''
  for (let at = 0; at < made.length; at += 32_768)
    text += String.fromCharCode(...made.subarray(at, at + 32_768))
  return [ms, btoa(text)]
}

/** Makes the clip lighter with ffmpeg.wasm at this bitrate of the picture. */
export async function runPeer(the: Bench, clip: string, videoBps: number, out: string) {
  const origin = await serve(the, clip)
  const args = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const host = await chromium.launchServer({ executablePath: ensureChromium(), args })
  the.finally(() => host.close())
  const page = await (await chromium.connect(host.wsEndpoint())).newPage()
  await page.goto(`${origin}/`)
  const rate = `${videoBps}`
  const work = [
    '-vf',
    'scale=-2:720',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-b:v',
    rate,
    '-maxrate',
    rate,
  ]
  const rest = ['-bufsize', `${2 * videoBps}`, '-c:a', 'copy']
  const { result, page: peak } = await withPeak(host.process().pid!, () =>
    page.evaluate(transcode, { args: [...work, ...rest], origin }),
  )
  await host.close()
  writeFileSync(out, Buffer.from(result[1], 'base64'))
  return { ms: result[0], peak }
}
