import { expect, test } from 'vitest'
import { drawLogo, fitWithin, LOGO_MAX_BYTES, LogoFault, logoType } from './drawLogo'

const bytes = (text: string) => new TextEncoder().encode(text)

test.each([
  ['wide', { width: 1000, height: 100 }, { width: 480, height: 48 }],
  ['high', { width: 100, height: 1000 }, { width: 10, height: 96 }],
  ['small', { width: 10, height: 2 }, { width: 480, height: 96 }],
  ['a line', { width: 9000, height: 1 }, { width: 480, height: 1 }],
])('an image that is %s keeps its proportions within the header', (_, natural, fitted) =>
  expect(fitWithin(natural, { width: 480, height: 96 })).toEqual(fitted),
)

test('the bytes say what a file is, and not its name', () => {
  expect(logoType(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('image/png')
  expect(logoType(bytes('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe(
    'image/svg+xml',
  )
  expect(logoType(bytes('GIF89a'))).toBeNull()
  expect(logoType(bytes('<html><body>'))).toBeNull()
})

test.each([
  ['of another kind', new Blob(['GIF89a'])],
  ['over 200 KB', new Blob([new Uint8Array(LOGO_MAX_BYTES + 1)])],
])('a file %s makes no logo', (_, file) => expect(drawLogo(file)).rejects.toBeInstanceOf(LogoFault))
