/** Builds the app when `dist` is missing or older than its sources. */
import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json']

/** Answers the folder of the build and whether it had to be built; calls `begins` before that. Builds for production. */
export async function buildIfStale(
  project: string,
  begins: () => void = () => undefined,
): Promise<{ folder: string; built: boolean }> {
  const folder = path.join(project, 'dist')
  const builtAt = modifiedAt(path.join(folder, 'index.html'))
  const built = SOURCES.some((source) => newest(path.join(project, source)) > builtAt)
  if (built) {
    begins()
    await build(project)
  }
  return { folder, built }
}

async function build(project: string): Promise<void> {
  const vite = path.join(
    path.dirname(createRequire(import.meta.url).resolve('vite/package.json')),
    'bin/vite.js',
  )
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  let said = '' // shown only on failure
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const code = await new Promise<number | null>((done, failed) =>
    child.once('close', done).once('error', failed),
  )
  if (code !== 0) throw new Error(`La aplicación no se pudo construir:\n${said}`)
}

const modifiedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** When this file, or anything in this folder, last changed. A folder's own time covers deleted files. */
function newest(source: string): number {
  const stat = statSync(source, { throwIfNoEntry: false })
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0
  return Math.max(stat.mtimeMs, ...readdirSync(source).map((name) => newest(path.join(source, name))))
}
