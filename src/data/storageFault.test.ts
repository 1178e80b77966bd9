import { expect, test } from 'vitest'
import { Fault } from '@/domain/fault'
import { storageFault } from './storageFault'

const named = (name: string, more = {}) => Object.assign(new Error(name), { name }, more)

test.each([
  ['a full disk', new DOMException('', 'QuotaExceededError'), 'storage_full', false],
  [
    'a transaction aborted by a full disk',
    named('AbortError', { inner: named('QuotaExceededError') }),
    'storage_full',
    false,
  ],
  [
    'a database that a full disk keeps from opening',
    named('DatabaseClosedError', { inner: named('OpenFailedError', { inner: named('QuotaExceededError') }) }),
    'storage_full',
    false,
  ],
  ['a database that a newer version took', named('DatabaseClosedError'), 'storage_closed', false],
  ['any other error', named('UnknownError'), 'storage_failed', true],
  ['a thrown string', 'boom', 'storage_failed', true],
])('the fault of %s', (_, error, code, retryable) =>
  expect(storageFault(error)).toMatchObject({ code, retryable }),
)

test('a Fault is returned unchanged', () => {
  const fault = new Fault('handed_over', false)
  expect(storageFault(fault)).toBe(fault)
})
