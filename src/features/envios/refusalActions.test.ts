import { expect, test } from 'vitest'
import { REFUSALS } from '@/domain/refusals'
import { actionsFor } from './refusalActions'

test('a text that is too late can be copied or discarded, and not sent again', () => {
  expect(actionsFor('convocatoria_closed', 'propuesta.submit')).toEqual(['copy', 'discard'])
  expect(actionsFor('not_correctable', 'propuesta.correct')).toEqual(['copy', 'discard'])
})

test('the first action for an invalid text is to fix it', () => {
  expect(actionsFor('body_too_short', 'propuesta.submit')[0]).toBe('fix')
  expect(actionsFor('notice_outdated', 'propuesta.submit')[0]).toBe('fix')
})

test('the first action for a refusal that is not about the text is to retry', () => {
  expect(actionsFor('unsupported_version', 'propuesta.submit')[0]).toBe('retry')
})

test('a final withdrawal can only be dismissed', () => {
  expect(actionsFor('withdrawal_final', 'submission.undo_withdraw')).toEqual(['dismiss'])
  expect(actionsFor('server', 'submission.withdraw')).toEqual(['retry', 'dismiss'])
})

test('an op without a text, such as accepting an offered seat, never offers to fix it', () => {
  expect(actionsFor('offer_expired', 'registration.accept_offer')).toEqual(['dismiss'])
  expect(actionsFor('jornada_cancelled', 'registration.move_day')).toEqual(['dismiss'])
  expect(actionsFor('server', 'registration.cancel_day')).toEqual(['retry', 'dismiss'])
  expect(actionsFor('upload_missing', 'video.attach')).toEqual([])
})

test.each([...REFUSALS, 'from_the_future'])(
  'the refusal %s always offers an action, and a text can always be copied',
  (code) => {
    expect(actionsFor(code, 'propuesta.submit')).toContain('copy')
    expect(actionsFor(code, 'propuesta.correct')).toContain('copy')
    expect(actionsFor(code, 'submission.withdraw')).toContain('dismiss')
  },
)
