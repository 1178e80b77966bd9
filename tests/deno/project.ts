/** A project as an Edge Function sees it: a database that has one job, and a storage that has one file. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import webPush from 'web-push'

const FUNCTIONS = join(import.meta.dirname, '../../supabase/functions')
const TICK_MS = 10 // Linux counts CPU in hundredths of a second

/** The program: that of the variable DENO, or the first one in PATH; null without one. */
export function findDeno(): string | null {
  const named = process.env['DENO']
  if (named) return named
  const places = (process.env['PATH'] ?? '').split(delimiter).map((place) => join(place, 'deno'))
  return places.find((place) => existsSync(place)) ?? null
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request) body += String(piece)
  return body
}

export class FakeProject {
  jobs: object[] = []
  settled: unknown[] = []
  file = ''
  private readonly server = createServer((request, response) => void this.answer(request, response))

  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  close(): void {
    this.server.close()
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? ''
    const body = await bodyOf(request)
    if (url.startsWith('/storage/')) return this.sendFile(request, response)
    response.setHeader('content-type', 'application/json')
    if (url.endsWith('/take_media_jobs')) return void response.end(JSON.stringify(this.jobs.splice(0, 1)))
    if (url.endsWith('/settle_media_job')) this.settled.push(JSON.parse(body))
    response.end(/\/take_/u.test(url) ? '[]' : '{}')
  }

  private sendFile(request: IncomingMessage, response: ServerResponse): void {
    const range = /bytes=(\d+)-(\d+)/u.exec(request.headers.range ?? '')
    response.statusCode = range ? 206 : 200
    response.setHeader(
      'content-length',
      range ? Number(range[2]) - Number(range[1]) + 1 : statSync(this.file).size,
    )
    createReadStream(this.file, range ? { start: Number(range[1]), end: Number(range[2]) } : {}).pipe(
      response,
    )
  }
}

export interface RunningFunction {
  url: string
  /** CPU that the whole process used, in milliseconds. */
  cpuMs(): number
  /** The most memory that it held, in megabytes. */
  peakMb(): number
  stop(): Promise<void>
}

const SECRETS = {
  SUPABASE_SECRET_KEYS: '{"default":"sb_test"}',
  SUPABASE_PUBLISHABLE_KEYS: '{"default":"sb_public"}',
  JOBS_SECRET: 'shown',
  APP_URL: 'https://participa.example',
  MAIL_FROM: 'nadie@participa.example',
  SMTP_HOST: '127.0.0.1',
  SMTP_USER: 'user',
  SMTP_PASS: 'password',
  PUSH_KEYS: JSON.stringify(webPush.generateVAPIDKeys()),
  SIGNING_KEYS: JSON.stringify({ k1: '11'.repeat(32) }),
}

/** Runs a function with its own import map and what Supabase lets it do. Throws with its words when it does not start. */
export async function startFunction(deno: string, name: string, project: string): Promise<RunningFunction> {
  const home = join(FUNCTIONS, name)
  const child: ChildProcess = spawn(
    deno,
    [
      'run',
      '--allow-env',
      '--allow-net',
      '--no-lock',
      '--config',
      join(home, 'deno.json'),
      join(home, 'index.ts'),
    ],
    {
      env: {
        ...process.env,
        ...SECRETS,
        SUPABASE_URL: project,
        DENO_SERVE_ADDRESS: 'tcp:127.0.0.1:0',
        NO_COLOR: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let words = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (piece) => (words += String(piece)))
  for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
    const url = /Listening on (http:\S+?)\/?\s/u.exec(words)?.[1]
    if (url) return running(child, url)
    await wait(100)
  }
  child.kill()
  throw new Error(`${name} does not start: ${words}`)
}

function running(child: ChildProcess, url: string): RunningFunction {
  const proc = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8')
  return {
    url,
    cpuMs: () => {
      const fields = proc('stat').split(') ')[1]!.split(' ')
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS
    },
    peakMb: () => Number(/VmHWM:\s+(\d+)/u.exec(proc('status'))![1]) / 1024,
    stop: () =>
      new Promise((ended) => {
        child.once('exit', () => ended())
        child.kill()
      }),
  }
}
