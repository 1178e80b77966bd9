/**
 * `npm run check`: runs every static gate, two at a time, even after a failure, and prints each with its time. Repeats
 * at the end which gates failed, and exits 1 if any did.
 */
import { BUILD_GATES, runGates, SOURCE_GATES, type Verdict } from './gates'

const verdicts: Verdict[] = []
const report = (verdict: Verdict) => {
  verdicts.push(verdict)
  console.info(verdict.text)
}

const sources = [...SOURCE_GATES]
await Promise.all([
  runGates([...BUILD_GATES], report).then(() => runGates(sources, report)),
  runGates(sources, report),
])
const failed = verdicts.filter(({ passed }) => !passed)
for (const { name } of failed) console.info(`FAILED ${name}`)
console.info(`check: ${verdicts.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length === 0 ? 0 : 1
