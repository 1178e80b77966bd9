import { expect, test } from 'vitest'
import type { PendingOp, SubmissionView } from '@/data/submissions'
import type { SubmissionRow } from '@/domain/rows'
import { sentOf } from './sentView'

const row = {
  id: 's1',
  kind: 'videos',
  content: { title: 'Antes', summary: 'Resumen', media: { id: 'm' } },
} as SubmissionRow
const waiting = { kind: 'video.correct', payload: { title: 'Después', summary: 'Resumen' } } as PendingOp
const view = (more: Partial<SubmissionView>) => ({ id: 's1', refusal: null, row, ...more }) as SubmissionView

test('a pending correction is shown merged into the sent content', () => {
  const sent = sentOf(view({ pending: [waiting] }))
  expect(sent?.content).toEqual({ title: 'Después', summary: 'Resumen', media: { id: 'm' } })
})

test('a refused correction is not shown as sent content', () => {
  const stopped = view({ pending: [waiting], refusal: { code: 'title_too_long' } })
  expect(sentOf(stopped)?.content).toEqual(row.content)
})
