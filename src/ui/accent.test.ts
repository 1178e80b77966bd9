import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accentOn, accentTokens, contrast, DARK_GROUNDS, groundsOf, LIGHT_GROUNDS } from './accent'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

test('the contrast of black and white is 21, that of equal colours is 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#8a1538', '#8a1538')).toBe(1)
})

test.each([
  ['light', LIGHT_GROUNDS, 'darker'],
  ['dark', DARK_GROUNDS, 'lighter'],
] as const)('any colour becomes readable on every %s background', (_, grounds, direction) => {
  fc.assert(
    fc.property(colour, (hex) => {
      const { accent, onAccent } = accentOn(hex, grounds, direction)!
      for (const ground of groundsOf(accent, grounds))
        expect(contrast(accent, ground), ground).toBeGreaterThanOrEqual(4.5)
      expect(contrast(onAccent, accent)).toBeGreaterThanOrEqual(4.5)
    }),
  )
})

test('a readable colour stays unchanged', () => {
  expect(accentOn('#0b5d63', LIGHT_GROUNDS, 'darker')).toEqual({ accent: '#0b5d63', onAccent: '#ffffff' })
})

test.each(['red', '#fff', '#12345g', '', 'url(x)'])('«%s» is not a colour and gives no tokens', (hex) => {
  expect(accentTokens(hex)).toBeNull()
})
