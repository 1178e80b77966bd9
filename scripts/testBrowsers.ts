/**
 * `npm run test:browsers`: tests media store, outbox and the app in Firefox and WebKitGTK, in those that are installed
 * (Debian: firefox-esr; webkit2gtk-driver and xvfb). Skipped tests print the reason. It installs nothing.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const { status } = spawnSync('npx', ['--no-install', 'vitest', 'run', '--project', 'browsers'], {
  cwd: path.resolve(import.meta.dirname, '..'),
  stdio: 'inherit',
})
process.exitCode = status ?? 1
