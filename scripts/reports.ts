/** Converts the JSON reports of Vitest and Playwright to one shape. */
import path from 'node:path'

/** How many unstable browser tests a run may have. */
const UNSTABLE_AT_MOST = 2

export interface Outcome {
  passed: number
  failed: number
  /** Each failed test by its name, with the message of its runner. */
  failures: string[]
  /** Each test that failed first and passed when repeated, with the message of its first run. They count as passed. */
  unstable: string[]
  durations: { name: string; seconds: number }[]
}

/** The fields of Vitest's report that are read here. */
export interface VitestReport {
  testResults: {
    name: string
    message: string
    assertionResults: {
      status: string
      fullName: string
      duration?: number | null
      failureMessages: string[] | null
    }[]
  }[]
}

/** The fields of Playwright's report that are read here. Suites nest: a file, then its `describe` groups. */
export interface PlaywrightReport {
  suites: Suite[]
  errors: { message?: string }[]
}

interface Suite {
  file: string
  suites?: Suite[]
  specs: {
    title: string
    tests: { status: string; results: { duration: number; errors: { message?: string }[] }[] }[]
  }[]
}

/** Skipped tests count neither as passed nor as failed. A file that failed to load adds its message to `failures`. */
export function readVitest(report: VitestReport, project: string): Outcome {
  const files = report.testResults.map((file) => ({ ...file, name: path.relative(project, file.name) }))
  const tests = files.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, name: `${name} > ${test.fullName}` })),
  )
  const failed = tests.filter(({ status }) => status === 'failed')
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: failed.length,
    failures: [
      ...files.filter(({ message }) => message).map(({ name, message }) => `${name}: ${message}`),
      ...failed.map(({ name, failureMessages }) => `${name}\n${failureMessages?.join('\n')}`),
    ],
    unstable: [],
    durations: tests.map(({ name, duration }) => ({ name, seconds: (duration ?? 0) / 1000 })),
  }
}

/**
 * A browser test that fails is repeated once, because a busy machine can be slower than any patience. One that then
 * passes is unstable: it is reported, and more than `UNSTABLE_AT_MOST` of them count as failed, each one.
 */
export function readPlaywright(report: PlaywrightReport): Outcome {
  const tests = report.suites.flatMap(testsOf)
  const named = (wanted: string) =>
    tests.filter(({ status }) => status === wanted).map(({ name, said }) => `${name}\n${said}`)
  const flaky = named('flaky')
  const isTolerated = flaky.length <= UNSTABLE_AT_MOST
  const failures = [...named('unexpected'), ...(isTolerated ? [] : flaky)]
  return {
    passed: named('expected').length + (isTolerated ? flaky.length : 0),
    failed: failures.length,
    failures: [...report.errors.map(({ message }) => message ?? 'an error outside every test'), ...failures],
    unstable: isTolerated ? flaky : [],
    durations: tests.map(({ name, seconds }) => ({ name, seconds })),
  }
}

interface Told {
  name: string
  status: string
  seconds: number
  said: string
}

function testsOf({ file, suites = [], specs }: Suite): Told[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ status, results }) => ({
      name: `${file} > ${title}`,
      status,
      seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
      said: results.flatMap(({ errors }) => errors.map(({ message }) => message ?? '')).join('\n'),
    })),
  )
  return [...own, ...suites.flatMap(testsOf)]
}
