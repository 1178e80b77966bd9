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
    ['an offered day and others', ['cancelled', 'confirmed', 'waiting', 'offered'], 'seat_offered'],
    ['a confirmed day and one on the waiting list', ['confirmed', 'waiting'], 'seat_waiting'],
    ['an attended and a confirmed day', ['attended', 'confirmed'], 'seat_confirmed'],
    ['attended and cancelled days', ['cancelled', 'attended'], 'seat_attended'],
    ['cancelled days only', ['cancelled', 'cancelled'], 'seat_cancelled'],
    ['no seats from the server yet', [], 'received'],
  ])('with %s', (_, seats, chip) => expect(chipOfRow(registration(seats))).toBe(chip))

  test('is «seat_confirmed» only with a seat that the server confirmed and no waiting op', () => {
    const all: Seat['status'][] = ['waiting', 'offered', 'cancelled', 'attended']
    expect(all.map((status) => chipOfRow(registration([status])))).not.toContain('seat_confirmed')
    expect(chipOf('queued', chipOfRow(registration(['confirmed'])))).toBe('unsent')
    expect(chipOf('queued', null)).toBe('unsent')
  })

  test('is «seat_held» before any confirmed day while a seat is held for somebody unconfirmed', () => {
    const held = { status: 'confirmed', held_until: '2026-12-01T18:00:00Z' }
    const row = { kind: 'jornadas', state: 'received', content: { seats: [{ status: 'confirmed' }, held] } }
    expect(chipOfRow(row as unknown as SubmissionRow)).toBe('seat_held')
  })

  test('is «withdrawn» after the registration was withdrawn, whatever its seats are', () =>
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

  test('is the state after a decision', () => {
    const decided = STATES.filter((state) => state !== 'received' && state !== 'in_review')
    for (const state of decided) expect(chipOfRow(video('awaiting_upload', state))).toBe(state)
  })
})

test.each(STATES)('the chip of a propuesta in state %s is the state', (state) =>
  expect(chipOfRow({ kind: 'propuestas', state, content: {} } as SubmissionRow)).toBe(state),
)
