/**
 * `npm run test:faults -- --seeds 200`: the fault suite, with that many seeded histories. The last lines say the
 * seed, the faults covered and the five counts. A broken history is shrunk; `--seed` and `--path`, as printed,
 * play it again.
 */
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
})

const child = spawn('npx', ['--no-install', 'vitest', 'run', '--project', 'faults'], {
  stdio: ['inherit', 'pipe', 'inherit'],
  env: {
    ...process.env,
    FAULT_SEEDS: values.seeds,
    ...(values.seed && { FAULT_SEED: values.seed }),
    ...(values.path && { FAULT_PATH: values.path }),
  },
})
let said = ''
child.stdout.setEncoding('utf8').on('data', (text: string) => {
  said += text
  process.stdout.write(text)
})
child.once('close', (code) => {
  console.log((said.match(/faults: .*/gu) ?? []).join('\n'))
  process.exitCode = code ?? 1
})
