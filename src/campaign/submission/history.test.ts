import { expect, test } from 'vitest'
import type { Message } from '@/domain/rows'
import { historyOf, latestReply, movedAt } from './history'

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

test('a correction and an undone withdrawal have their own names', () => {
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

test('a request that lapsed is not told as a correction', () => {
  const steps = historyOf([
    message('03', 'staff', 'correction_requested', 'Falta decir dónde'),
    message('10', 'system', 'in_review'),
  ]).map((entry) => entry.step)
  expect(steps).toEqual(['correction_requested', 'in_review'])
})

test('the reply is the last thing staff said, whatever the order they come in', () => {
  const messages = [
    message('07', 'staff', 'rejected', 'Ya existe'),
    message('03', 'staff', 'correction_requested', 'Falta decir dónde'),
    message('04', 'author', 'in_review', 'Ya está'),
  ]
  expect(latestReply(messages)?.text).toBe('Ya existe')
  expect(movedAt({ messages, received_at: '2026-11-01T12:00:00-06:00' })).toBe(messages[0]?.at)
})

test('without messages it moved when it arrived, and nobody replied', () => {
  expect(latestReply([])).toBeUndefined()
  expect(movedAt({ messages: [], received_at: '2026-11-01T12:00:00-06:00' })).toBe(
    '2026-11-01T12:00:00-06:00',
  )
})
