import { expect, test } from 'vitest'
import { readPlaywright } from './reports'

const run = (...statuses: string[]) =>
  readPlaywright({
    errors: [],
    suites: [
      {
        file: 'a.spec.ts',
        specs: statuses.map((status, index) => ({
          title: `${status} ${index}`,
          tests: [{ status, results: [{ duration: 1, errors: [{ message: 'too late' }] }] }],
        })),
      },
    ],
  })

test('two browser tests that pass only when repeated are reported with their first message and fail nothing', () => {
  expect(run('expected', 'flaky', 'flaky')).toMatchObject({
    passed: 3,
    failed: 0,
    unstable: ['a.spec.ts > flaky 1\ntoo late', 'a.spec.ts > flaky 2\ntoo late'],
  })
})

test('three browser tests that pass only when repeated fail the run, each one', () => {
  const told = run('expected', 'flaky', 'flaky', 'flaky')
  expect(told).toMatchObject({ passed: 1, failed: 3, unstable: [] })
  expect(told.failures).toHaveLength(3)
})

test('a browser test that fails twice fails the run beside an unstable one', () => {
  expect(run('unexpected', 'flaky')).toMatchObject({ passed: 1, failed: 1 })
})
