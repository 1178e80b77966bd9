/** `npm run check`: runs every static gate, even after a failure, and prints each with its time. Exits 1 on failure. */
import { spawnSync } from 'node:child_process'

const GATES: [name: string, command: string][] = [
  ['types of the app', 'vue-tsc --project src/tsconfig.json'],
  ['types of the worker', 'vue-tsc --project src/sw/tsconfig.json'],
  ['types of the backend', 'vue-tsc --project supabase/tsconfig.json'],
  ['types of the tests', 'vue-tsc --project tests/tsconfig.json'],
  ['types of the database', 'tsx scripts/types.ts --check'],
  ['typed calls', 'tsx scripts/typedCalls.ts'],
  ['lint', 'oxlint --deny-warnings'],
  ['format', 'prettier --check --log-level warn .'],
  ['import rules', 'depcruise src --config .dependency-cruiser.cjs --output-type err'],
  ['kinds known in one place', 'tsx scripts/kinds.ts'],
  ['links of the documents', 'tsx scripts/docs.ts'],
  ['unused code', 'knip'],
  ['build', 'vite build --logLevel warn'],
  ['byte budgets', 'tsx scripts/budgets.ts'],
]

let passed = 0
for (const [name, command] of GATES) {
  const started = performance.now()
  const { status } = spawnSync('npx', ['--no-install', ...command.split(' ')], { stdio: 'inherit' })
  if (status === 0) passed += 1
  console.info(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  )
}
console.info(`check: ${passed} passed, ${GATES.length - passed} failed`)
process.exitCode = passed === GATES.length ? 0 : 1
