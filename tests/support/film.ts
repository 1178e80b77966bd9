/** The product's worker for videos in a real browser, under the app's policy of contents: the built files, and no backend. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { ensureChromium } from '../../scripts/chromium'
import { buildIfStale } from '../../supabase/local/build'
import { serveFolder } from '../../supabase/local/static'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** The part of a task that is no file, and what came of it. */
export type FilmTask = { do: 'look' } | { do: 'make'; part?: object; recipe?: object; maxBytes: number }
export interface FilmResult {
  ms: number
  /** The path of what was made. */
  made?: string
  seen?: object
  failed?: string
}

export interface FilmPage {
  page: Page
  /** The process of the browser. */
  pid: number
  /** The folder for what is made; it goes with the page. */
  folder: string
  /** Gives a task on this file to a worker of its own, as a page does. */
  run(file: string, task: FilmTask): Promise<FilmResult>
  close(): Promise<void>
}

/** Runs in the page. */
async function askWorker({ address, task }: { address: string; task: FilmTask }) {
  const policy = window.trustedTypes?.createPolicy('convoca-film', { createScriptURL: (url: string) => url })
  const url = (policy?.createScriptURL(address) ?? address) as string
  const file = document.querySelector<HTMLInputElement>('#film-file')!.files![0]!
  const worker = new Worker(url, { type: 'module' })
  const from = performance.now()
  const answer = await new Promise<{ result?: { made?: Blob; seen?: object }; failed?: string }>(
    (resolve) => {
      worker.onerror = ({ message }) => resolve({ failed: message })
      worker.onmessage = ({ data }: MessageEvent<{ news?: object; failed?: string }>) => {
        if (!data.news) resolve(data)
      }
      worker.postMessage({ ...task, file })
    },
  )
  const ms = performance.now() - from
  worker.terminate()
  const { made, seen } = answer.result ?? {}
  if (made) {
    const link = Object.assign(document.createElement('a'), {
      href: URL.createObjectURL(made),
      download: 'made',
    })
    link.click()
  }
  return { ms, isMade: Boolean(made), ...(seen && { seen }), ...(answer.failed && { failed: answer.failed }) }
}

/** A page of the app’s origin with a field for a file. */
async function withField(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.evaluate(() => {
    const field = Object.assign(document.createElement('input'), {
      type: 'file',
      id: 'film-file',
      hidden: true,
    })
    document.body.append(field)
  })
}

/** Opens a browser on the built app. Each task has a page of its own, because a page makes its policy once. */
export async function openFilmPage(): Promise<FilmPage> {
  const { folder: dist } = await buildIfStale(ROOT)
  const worker = readdirSync(path.join(dist, 'assets')).find((file) => /^video-worker-.*\.js$/u.test(file))!
  const server = createServer(serveFolder(dist))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const args = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const host = await chromium.launchServer({ executablePath: ensureChromium(), args })
  const browser = await chromium.connect(host.wsEndpoint())
  const context = await browser.newContext({ serviceWorkers: 'block', acceptDownloads: true })
  const page = await context.newPage()
  const folder = mkdtempSync(path.join(tmpdir(), 'convoca-film-'))
  let nth = 0
  return {
    page,
    pid: host.process().pid!,
    folder,
    async run(file, task) {
      await withField(page, `${address}/`)
      await page.setInputFiles('#film-file', file)
      const coming = page.waitForEvent('download', { timeout: 0 }).catch(() => null)
      const { isMade, ...told } = await page.evaluate(askWorker, { address: `/assets/${worker}`, task })
      if (!isMade) return told
      const made = path.join(folder, `made-${(nth += 1)}`)
      await (await coming)!.saveAs(made)
      return { ...told, made }
    },
    async close() {
      await browser.close()
      await host.close()
      await new Promise((done) => server.close(done))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
