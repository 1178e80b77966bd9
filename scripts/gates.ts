/**
 * The static gates. `npm run check` runs all of them; `npm test` runs those of the build first, because the browser
 * tests open what they build.
 */
import { spawn } from 'node:child_process'
import path from 'node:path'

const PROJECT = path.resolve(import.meta.dirname, '..')

export interface Gate {
  name: string
  /** A program of the project and its arguments, separated by spaces. */
  command: string
}

const gate = (name: string, command: string): Gate => ({ name, command })

/** Each needs the one before it. */
export const BUILD_GATES: Gate[] = [
  gate('build', 'vite build --logLevel warn'),
  gate('byte budgets', 'tsx scripts/budgets.ts'),
]

/** Independent of each other and of the build. The longest come first, so that parallel lanes end together. */
export const SOURCE_GATES: Gate[] = [
  gate('types of tests, scripts and backend', 'vue-tsc --project tests/tsconfig.json'),
  gate('types of the app', 'vue-tsc --project src/tsconfig.json'),
  gate('format', 'prettier --check --log-level warn .'),
  gate('unused code', 'knip'),
  gate('import rules', 'depcruise src --config .dependency-cruiser.cjs --output-type err'),
  gate('types of the worker', 'vue-tsc --project src/sw/tsconfig.json'),
  gate('typed calls', 'tsx scripts/typedCalls.ts'),
  gate('types of the database', 'tsx scripts/types.ts --check'),
  gate('lint', 'oxlint --deny-warnings'),
  gate('kinds known in one place', 'tsx scripts/kinds.ts'),
  gate('links of the documents', 'tsx scripts/docs.ts'),
]

/** Runs a program of the project (not by npx, which takes a second of processor each time), passes on what it prints, and answers its exit code. */
export async function runProgram(command: string[], say: (text: string) => void): Promise<number | null> {
  const [program, ...rest] = command
  const child = spawn(path.join(PROJECT, 'node_modules/.bin', program!), rest, {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', say)
  return await new Promise((done, failed) => child.once('close', done).once('error', failed))
}

export interface Verdict {
  name: string
  passed: boolean
  /** What the gate printed, and a last line with its verdict and its time. */
  text: string
}

/** Takes gates from the list until it is empty, also after a failure, and reports each when it ends. */
export async function runGates(gates: Gate[], report: (verdict: Verdict) => void): Promise<void> {
  for (let next = gates.shift(); next; next = gates.shift()) {
    const { name, command } = next
    const startedAt = performance.now()
    let text = ''
    const passed = (await runProgram(command.split(' '), (printed) => (text += printed))) === 0
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    report({ name, passed, text: `${text}${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)` })
  }
}
