/** One visit with an empty profile, measured by the Lighthouse of this folder in a process of its own. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { blockingMs, type TraceEvent } from './blocking'

export interface Visit {
  /** Shares from 0 to 1. */
  performance: number
  seo: number
  fcp_ms: number
  lcp_ms: number
  /** How long tasks kept the page from answering a tap. */
  tbt_ms: number
  /** The same by the processor time of the tasks, which other programs on the machine do not lengthen (blocking.ts). */
  tbt_cpu_ms: number
  /** Moved content, without unit. */
  cls: number
  /** What was transferred. */
  bytes: number
}

/** The fields of Lighthouse's report that are read here. */
interface Report {
  categories: Record<'performance' | 'seo', { score: number }>
  audits: Record<string, { numericValue: number }>
}

const LIGHTHOUSE = path.join(import.meta.dirname, 'node_modules/lighthouse/cli/index.js')
const FLAGS = '--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage'
const LONGEST_BYTES = 100_000_000

/** Throws what Lighthouse says when it cannot measure. */
export async function runLighthouse(url: string, chrome: string): Promise<Visit> {
  const artifacts = mkdtempSync(path.join(tmpdir(), 'convoca-bench-b8-artifacts-'))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      LIGHTHOUSE,
      url,
      '--quiet',
      '--output=json',
      '--only-categories=performance,seo',
      `-GA=${artifacts}`,
      `--chrome-flags=${FLAGS}`,
    ],
    { env: { ...process.env, CHROME_PATH: chrome }, maxBuffer: LONGEST_BYTES },
  )
  const { traceEvents } = JSON.parse(
    readFileSync(path.join(artifacts, 'defaultPass.trace.json'), 'utf8'),
  ) as {
    traceEvents: TraceEvent[]
  }
  rmSync(artifacts, { recursive: true, force: true })
  const { categories, audits } = JSON.parse(stdout) as Report
  const valueOf = (audit: string): number => audits[audit]!.numericValue
  return {
    performance: categories.performance.score,
    seo: categories.seo.score,
    fcp_ms: valueOf('first-contentful-paint'),
    lcp_ms: valueOf('largest-contentful-paint'),
    tbt_ms: valueOf('total-blocking-time'),
    tbt_cpu_ms: blockingMs(traceEvents),
    cls: valueOf('cumulative-layout-shift'),
    bytes: valueOf('total-byte-weight'),
  }
}
