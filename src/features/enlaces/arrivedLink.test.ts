import { expect, test, vi } from 'vitest'
import { dammDigit } from '@/domain/folio'
import { hideFragment, takeArrived } from './arrivedLink'

const folio = `PR-2026-000007-${dammDigit('2026000007')}`
const secret = 'AbCdEfGhIjKlMnOpQrSt-_'
const place = { pathname: '/folio', search: '' } as Location

function pastWith(state: object | null) {
  return { state, replaceState: vi.fn() } as unknown as History
}

test('the fragment leaves the bar and the state of the history, and is read once', () => {
  const past = pastWith({ current: `/folio#${folio}.${secret}`, position: 3 })
  hideFragment(`#${folio}.${secret}`, place, past)
  expect(past.replaceState).toHaveBeenCalledWith({ current: '/folio', position: 3 }, '', '/folio')
  expect(JSON.stringify(vi.mocked(past.replaceState).mock.calls)).not.toContain(secret)
  expect(takeArrived()).toBe(`#${folio}.${secret}`)
  expect(takeArrived()).toBeNull()
})

test('a damaged link leaves the bar too', () => {
  const past = pastWith(null)
  hideFragment('#%E0%A4%A', place, past)
  expect(past.replaceState).toHaveBeenCalledOnce()
  expect(takeArrived()).toBe('#%E0%A4%A')
})

test('without fragment nothing is touched', () => {
  const past = pastWith(null)
  hideFragment('', place, past)
  expect(past.replaceState).not.toHaveBeenCalled()
  expect(takeArrived()).toBeNull()
})
