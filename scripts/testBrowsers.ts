/**
 * `npm run test:browsers`: media store, outbox and the app itself in Firefox and WebKitGTK, each where it is
 * installed (Debian: firefox-esr; webkit2gtk-driver and xvfb). What is skipped says why; nothing is installed.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const { status } = spawnSync('npx', ['--no-install', 'vitest', 'run', '--project', 'browsers'], {
  cwd: path.resolve(import.meta.dirname, '..'),
  stdio: 'inherit',
})
process.exitCode = status ?? 1
