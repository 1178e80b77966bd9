/** Finds the Chromium for the browser tests, or installs it as root on Debian. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The path of the browser: CHROME_PATH, or else the first of the usual places. Null when there is none. */
export function findChromium(): string | null {
  const chosen = process.env['CHROME_PATH']
  if (chosen) return existsSync(chosen) ? chosen : null
  return PLACES.find((place) => existsSync(place)) ?? null
}

/** The path of the browser, which it installs if missing and possible. Throws one line that says what to do. */
export function ensureChromium(): string {
  const found = findChromium() ?? (canInstall() && install('chromium') ? findChromium() : null)
  if (found) return found
  throw new Error(
    process.env['CHROME_PATH']
      ? `CHROME_PATH names ${process.env['CHROME_PATH']}, which does not exist.`
      : 'No Chromium: install it (Debian, Ubuntu: sudo apt-get install -y chromium) or set CHROME_PATH to a Chrome.',
  )
}

const SHELL = '/usr/bin/chromium-headless-shell'

/**
 * The path of the same browser without a window, installed like it: it takes 40 % less processor time, shows no
 * notifications and reads no settings of a profile. The browser itself where there is no such package or CHROME_PATH is given.
 */
export function ensureHeadlessShell(): string {
  const has = () => !process.env['CHROME_PATH'] && existsSync(SHELL)
  return has() || (canInstall() && install('chromium-headless-shell') && has()) ? SHELL : ensureChromium()
}

const canInstall = () =>
  !process.env['CHROME_PATH'] && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

function install(name: string): boolean {
  const run = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  return run('update') && run('install', '-y', '--no-install-recommends', name)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(ensureChromium())
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
