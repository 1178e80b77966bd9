/** A virtual screen for browsers that need one, shared by the whole run. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { firstOf, killGroup } from './browser'

const program = firstOf(['/usr/bin/Xvfb'])

export const screenMissing = program ? null : 'there is no Xvfb (Debian: apt-get install xvfb)'

let running: Promise<{ child: ChildProcess; display: string }> | undefined

async function begin() {
  const args = ['-displayfd', '3', '-screen', '0', '800x900x24', '-nolisten', 'tcp']
  const child = spawn(program!, args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const [number] = (await once((child.stdio[3] as Readable).setEncoding('utf8'), 'data')) as [string]
  return { child, display: `:${number.trim()}` }
}

/** The name of the screen, for DISPLAY. */
export async function screen(): Promise<string> {
  running ??= begin()
  return (await running).display
}

export async function endScreen(): Promise<void> {
  if (running) await killGroup((await running).child)
  running = undefined
}
