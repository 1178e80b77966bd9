import { expect, test, vi } from 'vitest'
import { dammDigit } from '@/domain/folio'
import { hideFragment, takeArrived } from './arrivedLink'

const folio = `PR-2026-000007-${dammDigit('2026000007')}`
const secret = 'AbCdEfGhIjKlMnOpQrSt-_'
const place = { pathname: '/folio', search: '' } as Location

function pastWith(state: object | null) {
  return { state, replaceState: vi.fn() } as unknown as History
}

test('a link’s fragment is removed from the address bar and the history, and can be taken once', () => {
  const past = pastWith({ current: `/folio#${folio}.${secret}`, position: 3 })
  hideFragment(`#${folio}.${secret}`, place, past)
  expect(past.replaceState).toHaveBeenCalledWith({ current: '/folio', position: 3 }, '', '/folio')
  expect(JSON.stringify(vi.mocked(past.replaceState).mock.calls)).not.toContain(secret)
  expect(takeArrived()).toBe(`#${folio}.${secret}`)
  expect(takeArrived()).toBeNull()
})

test.each(['/folio%23', '/folio%2523'])('a fragment behind %s leaves no trace in the address bar', (sign) => {
  const past = pastWith({ current: `${sign}${folio}.${secret}` })
  const odd = { pathname: `${sign}${folio}.${secret}`, search: '?fbclid=a' } as Location
  hideFragment(`#${folio}.${secret}`, odd, past)
  expect(past.replaceState).toHaveBeenCalledWith({ current: '/folio' }, '', '/folio')
  expect(takeArrived()).toBe(`#${folio}.${secret}`)
})

test('a fragment that cannot be decoded is also removed from the address bar', () => {
  const past = pastWith(null)
  hideFragment('#%E0%A4%A', place, past)
  expect(past.replaceState).toHaveBeenCalledOnce()
  expect(takeArrived()).toBe('#%E0%A4%A')
})

test('an address without a fragment stays unchanged', () => {
  const past = pastWith(null)
  hideFragment('', place, past)
  expect(past.replaceState).not.toHaveBeenCalled()
  expect(takeArrived()).toBeNull()
})
