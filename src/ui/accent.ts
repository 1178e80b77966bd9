/**
 * Makes an institution's colour readable. For light and dark surfaces it finds the nearest lightness of the same hue
 * with a contrast of 4.5:1 as text, and the colour of text on it (WCAG 2.2, 1.4.3 and 1.4.11).
 */

const AA = 4.5
const STEP = 0.01

export interface Accent {
  accent: string
  onAccent: string
}

type Triple = readonly [number, number, number]

const parse = (hex: string): Triple | null => {
  const match = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/iu.exec(hex)
  return match && [parseInt(match[1]!, 16), parseInt(match[2]!, 16), parseInt(match[3]!, 16)]
}
const format = (rgb: Triple) => `#${rgb.map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`

/** Relative luminance of sRGB, 0 to 1 (WCAG 2.2). */
function luminance(rgb: Triple): number {
  const [r, g, b] = rgb.map((channel) => {
    const value = channel / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The contrast of two colours `#rrggbb`, 1 to 21. Throws a RangeError when one is not such a colour. */
export function contrast(a: string, b: string): number {
  const [first, second] = [parse(a), parse(b)]
  if (!first || !second) throw new RangeError(`not #rrggbb: ${a}, ${b}`)
  const [dark, light] = [luminance(first), luminance(second)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Hue in sixths of the circle, saturation and lightness 0 to 1. */
function toHsl(rgb: Triple): Triple {
  const [r, g, b] = rgb.map((channel) => channel / 255) as [number, number, number]
  const max = Math.max(r, g, b)
  const span = max - Math.min(r, g, b)
  const lightness = max - span / 2
  if (span === 0) return [0, 0, lightness]
  const hue = max === r ? ((g - b) / span + 6) % 6 : max === g ? (b - r) / span + 2 : (r - g) / span + 4
  return [hue, span / (1 - Math.abs(2 * lightness - 1)), lightness]
}

function fromHsl([hue, saturation, lightness]: Triple): string {
  const chroma = (1 - Math.abs(2 * lightness - 1)) * saturation
  const channel = (shift: number) => {
    const place = (hue + shift) % 6
    return 255 * (lightness - chroma / 2 + chroma * Math.max(0, Math.min(1, Math.abs(place - 3) - 1)))
  }
  return format([channel(0), channel(4), channel(2)])
}

const textOn = (ground: string) => (contrast('#ffffff', ground) >= AA ? '#ffffff' : '#000000')

/** The backgrounds of text in the accent's colour: fixed ones, and tints of the accent itself (tokens.css). */
export interface Grounds {
  fixed: readonly string[]
  /** What the tints are mixed with, and the accent's share in each of those that carry accent text. */
  surface: string
  shares: readonly number[]
}

const mix = (colour: string, share: number, surface: string): string => {
  const [under, over] = [parse(surface)!, parse(colour)!]
  return format([0, 1, 2].map((i) => over[i]! * share + under[i]! * (1 - share)) as unknown as Triple)
}

/** All backgrounds of text in this accent. */
export const groundsOf = (accent: string, { fixed, surface, shares }: Grounds): string[] => [
  ...fixed,
  ...shares.map((share) => mix(accent, share, surface)),
]

/** Makes `hex` darker or lighter until it is readable on all `grounds`; null when it is not a colour. */
export function accentOn(hex: string, grounds: Grounds, direction: 'darker' | 'lighter'): Accent | null {
  const rgb = parse(hex)
  if (!rgb) return null
  const [hue, saturation, start] = toHsl(rgb)
  const step = direction === 'darker' ? -STEP : STEP
  const isReadable = (colour: string) =>
    groundsOf(colour, grounds).every((ground) => contrast(colour, ground) >= AA)
  for (let lightness = start; lightness >= 0 && lightness <= 1; lightness += step) {
    const accent = fromHsl([hue, saturation, lightness])
    if (isReadable(accent)) return { accent, onAccent: textOn(accent) }
  }
  return direction === 'darker'
    ? { accent: '#000000', onAccent: '#ffffff' }
    : { accent: '#ffffff', onAccent: '#000000' }
}

/** Page, surface, sunken, and the tints `--accent-soft` and `--tint-2` (tokens.css). */
export const LIGHT_GROUNDS: Grounds = {
  fixed: ['#f7f5f1', '#ffffff', '#efece6'],
  surface: '#ffffff',
  shares: [0.1, 0.18],
}
export const DARK_GROUNDS: Grounds = {
  fixed: ['#131117', '#1d1a22', '#27232e'],
  surface: '#1d1a22',
  shares: [0.13, 0.22],
}

/** The tokens of an institution's colour (tokens.css), readable on all backgrounds; null when it is not a colour. */
export function accentTokens(hex: string): Record<`--inst-${string}`, string> | null {
  const light = accentOn(hex, LIGHT_GROUNDS, 'darker')
  const dark = accentOn(hex, DARK_GROUNDS, 'lighter')
  if (!light || !dark) return null
  return {
    '--inst-accent-light': light.accent,
    '--inst-on-accent-light': light.onAccent,
    '--inst-accent-dark': dark.accent,
    '--inst-on-accent-dark': dark.onAccent,
  }
}
