import { expect, test } from 'vitest'
import { timelineOf } from './timeline'
import { DURING } from '@/campaign/testing/material'

const milestone = (on: string | null, until: string | null = null) => ({ on, until, title: 'x', note: null })

test.each([
  ['yesterday', milestone('2026-11-22'), 'done'],
  ['today', milestone('2026-11-23'), 'now'],
  ['since last week until today', milestone('2026-11-16', '2026-11-23'), 'now'],
  ['tomorrow', milestone('2026-11-24'), 'next'],
  ['nobody knows when', milestone(null), 'next'],
])('%s', (_, one, state) => expect(timelineOf([one], DURING)[0]?.state).toBe(state))

test('the day ends at midnight of central Mexico, wherever the phone is', () => {
  const lastMinute = new Date('2026-11-24T05:59:00Z')
  expect(timelineOf([milestone('2026-11-23')], lastMinute)[0]?.state).toBe('now')
  expect(timelineOf([milestone('2026-11-23')], new Date('2026-11-24T06:00:00Z'))[0]?.state).toBe('done')
})

test('dates are said in full, ranges with both ends, and what is not known as such', () => {
  const words = timelineOf([milestone(null), milestone('2021-11-04', '2021-11-12')], DURING)
  expect(words.map(({ when }) => when)).toEqual([
    'fecha por confirmar',
    'Del jueves 4 de noviembre de 2021 al viernes 12 de noviembre de 2021',
  ])
})
