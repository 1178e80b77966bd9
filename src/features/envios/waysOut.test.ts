import { expect, test } from 'vitest'
import { REFUSALS } from '@/domain/refusals'
import { waysOut } from './waysOut'

test('what came too late is kept to copy, and cannot be sent again', () => {
  expect(waysOut('convocatoria_closed', 'propuesta.submit')).toEqual(['copy', 'discard'])
  expect(waysOut('not_correctable', 'propuesta.correct')).toEqual(['copy', 'discard'])
})

test('a text with a fault is corrected first', () => {
  expect(waysOut('body_too_short', 'propuesta.submit')[0]).toBe('fix')
  expect(waysOut('notice_outdated', 'propuesta.submit')[0]).toBe('fix')
})

test('what is no fault of the text is sent again as it is', () => {
  expect(waysOut('unsupported_version', 'propuesta.submit')[0]).toBe('retry')
})

test('a withdrawal that is final has nothing to try again', () => {
  expect(waysOut('withdrawal_final', 'submission.undo_withdraw')).toEqual(['dismiss'])
  expect(waysOut('server', 'submission.withdraw')).toEqual(['retry', 'dismiss'])
})

test('a wish without words, such as accepting an offered seat, is never opened as a text', () => {
  expect(waysOut('offer_expired', 'registration.accept_offer')).toEqual(['dismiss'])
  expect(waysOut('server', 'registration.cancel_day')).toEqual(['retry', 'dismiss'])
  expect(waysOut('upload_missing', 'video.attach')).toEqual([])
})

test.each([...REFUSALS, 'from_the_future'])(
  '%s always leaves a way out, and words can always be copied',
  (code) => {
    expect(waysOut(code, 'propuesta.submit')).toContain('copy')
    expect(waysOut(code, 'propuesta.correct')).toContain('copy')
    expect(waysOut(code, 'submission.withdraw')).toContain('dismiss')
  },
)
