import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { PROBLEMS } from '@/domain/problems'
import { REFUSALS } from '@/domain/refusals'
import messages from './es-MX/problems.json'

const words: Record<string, string> = messages
const FOLDER = path.resolve(import.meta.dirname, '../../supabase/migrations')

test.each(PROBLEMS)('the problem %s has words that end as a sentence', (code) => {
  expect(words[code]).toMatch(/[.»]$/u)
})

test('every problem that SQL names is known here, and every problem known here is named by SQL', () => {
  const sql = readdirSync(FOLDER)
    .map((file) => readFileSync(path.join(FOLDER, file), 'utf8'))
    .join('\n')
  const named = [...sql.matchAll(/'(\w+)', '(?:wrong|missing|look)'/g)].map(([, code]) => code!)
  const known = new Set<string>([...PROBLEMS, ...REFUSALS])
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((code) => !known.has(code))).toEqual([])
  expect(PROBLEMS.filter((code) => !sql.includes(`'${code}'`))).toEqual([])
})
