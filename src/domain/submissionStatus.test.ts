import { describe, expect, test } from 'vitest'
import type { Seat } from '@/features/jornadas/registration'
import type { SubmissionRow } from './rows'
import { STATES } from './states'
import { chipOf, chipOfRow } from './submissionStatus'

const registration = (statuses: Seat['status'][], state = 'received') =>
  ({ kind: 'jornadas', state, content: { seats: statuses.map((status) => ({ status })) } }) as SubmissionRow
const video = (status: string, state = 'received') =>
  ({ kind: 'videos', state, content: { media: { status } } }) as SubmissionRow

describe('the chip of a registration', () => {
  test.each<[string, Seat['status'][], string]>([
    ['one confirmed day', ['confirmed'], 'seat_confirmed'],
    ['one day on the waiting list', ['waiting'], 'seat_waiting'],
    ['an offer among everything else', ['cancelled', 'confirmed', 'waiting', 'offered'], 'seat_offered'],
    ['a confirmed day and one that waits', ['confirmed', 'waiting'], 'seat_waiting'],
    ['a day that was attended and one to come', ['attended', 'confirmed'], 'seat_confirmed'],
    ['days that were attended, or cancelled', ['cancelled', 'attended'], 'seat_attended'],
    ['no day left', ['cancelled', 'cancelled'], 'seat_cancelled'],
    ['days that the server has not told of', [], 'received'],
  ])('with %s', (_, seats, chip) => expect(chipOfRow(registration(seats))).toBe(chip))

  test('says confirmed only with a seat that the server confirmed, and nothing waiting on the phone', () => {
    const all: Seat['status'][] = ['waiting', 'offered', 'cancelled', 'attended']
    expect(all.map((status) => chipOfRow(registration([status])))).not.toContain('seat_confirmed')
    expect(chipOf('queued', chipOfRow(registration(['confirmed'])))).toBe('unsent')
    expect(chipOf('queued', null)).toBe('unsent')
  })

  test('that was cancelled whole says so, whatever its seats were', () =>
    expect(chipOfRow(registration(['confirmed'], 'withdrawn'))).toBe('withdrawn'))
})

describe('the chip of a video', () => {
  test.each([
    ['awaiting_upload', 'video_missing'],
    ['attached', 'received'],
    ['verified', 'received'],
    ['mismatch', 'needs_attention'],
    ['expired', 'needs_attention'],
  ])('whose file is %s', (status, chip) => expect(chipOfRow(video(status))).toBe(chip))

  test('is its state once there is a decision', () => {
    const decided = STATES.filter((state) => state !== 'received' && state !== 'in_review')
    for (const state of decided) expect(chipOfRow(video('awaiting_upload', state))).toBe(state)
  })
})

test.each(STATES)('a propuesta’s chip is its state, %s', (state) =>
  expect(chipOfRow({ kind: 'propuestas', state } as SubmissionRow)).toBe(state),
)
