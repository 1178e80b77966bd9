/**
 * `npm run test:abuse`: attacks the embedded backend, which it starts itself on a free port of this machine, and prints
 * one line of JSON for each kind of attack (`{kind, tried, held}`, and `broken` with examples) and one with the total.
 * Names of files choose among `tests/abuse`. Exits 1 unless everything was held.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { runProgram } from './gates'

interface Line {
  kind: string
  tried: number
  held: number
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'convoca-abuse-'))
const report = path.join(folder, 'report.jsonl')
process.env['ABUSE_REPORT'] = report
let said = ''
const command = ['vitest', 'run', '--project=abuse', '--silent', '--reporter=dot', ...process.argv.slice(2)]
const code = await runProgram(command, (text) => (said += text))
const text = existsSync(report) ? readFileSync(report, 'utf8') : ''
rmSync(folder, { recursive: true, force: true })
const lines = text
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Line)
for (const line of lines) console.log(JSON.stringify(line))
const sum = (of: 'tried' | 'held') => lines.reduce((total, line) => total + line[of], 0)
console.log(JSON.stringify({ kind: 'total', tried: sum('tried'), held: sum('held') }))
if (code !== 0) console.error(said)
process.exitCode = code === 0 && lines.length > 0 && sum('tried') === sum('held') ? 0 : 1
