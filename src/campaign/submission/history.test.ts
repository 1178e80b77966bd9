import { expect, test } from 'vitest'
import type { Message } from '@/domain/rows'
import { historyOf, latestReply, changedAt } from './history'

const message = (
  at: string,
  from: Message['from'],
  state: Message['state'],
  text: string | null = null,
): Message => ({
  at: `2026-11-${at}T12:00:00-06:00`,
  from,
  state,
  reason_code: null,
  text,
})

test('a correction and an undone withdrawal are steps of their own', () => {
  const steps = historyOf([
    message('01', 'author', 'received'),
    message('02', 'staff', 'in_review'),
    message('03', 'staff', 'correction_requested', 'Falta decir dónde'),
    message('04', 'author', 'in_review'),
    message('05', 'author', 'withdrawn'),
    message('06', 'author', 'in_review'),
  ]).map((entry) => entry.step)
  expect(steps).toEqual(['received', 'in_review', 'correction_requested', 'corrected', 'withdrawn', 'undone'])
})

test('a correction request that lapsed is not a correction', () => {
  const steps = historyOf([
    message('03', 'staff', 'correction_requested', 'Falta decir dónde'),
    message('10', 'system', 'in_review'),
  ]).map((entry) => entry.step)
  expect(steps).toEqual(['correction_requested', 'in_review'])
})

test('a publication that was taken back and a decision that was reopened are steps of their own', () => {
  const steps = historyOf([
    message('01', 'author', 'received'),
    message('02', 'staff', 'in_review'),
    message('03', 'staff', 'accepted'),
    message('04', 'staff', 'published'),
    message('05', 'staff', 'accepted', 'Nombra a otra persona'),
    message('06', 'staff', 'in_review', 'Lo leemos otra vez'),
    message('07', 'staff', 'rejected', 'Nombra a otra persona'),
    message('08', 'staff', 'in_review', 'Nos equivocamos'),
  ]).map((entry) => entry.step)
  expect(steps.slice(3)).toEqual(['published', 'taken_back', 'reopened', 'rejected', 'reopened'])
})

test('the latest reply is staff’s last message by time', () => {
  const messages = [
    message('07', 'staff', 'rejected', 'Ya existe'),
    message('03', 'staff', 'correction_requested', 'Falta decir dónde'),
    message('04', 'author', 'in_review', 'Ya está'),
  ]
  expect(latestReply(messages)?.text).toBe('Ya existe')
  expect(changedAt({ messages, received_at: '2026-11-01T12:00:00-06:00' })).toBe(messages[0]?.at)
})

test('a submission without messages has no reply and last changed when it was received', () => {
  expect(latestReply([])).toBeUndefined()
  expect(changedAt({ messages: [], received_at: '2026-11-01T12:00:00-06:00' })).toBe(
    '2026-11-01T12:00:00-06:00',
  )
})
