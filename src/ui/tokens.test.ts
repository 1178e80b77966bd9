import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contrast, DARK_GROUNDS, groundsOf, LIGHT_GROUNDS } from './accent'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const [light, dark] = css.split('@media (prefers-color-scheme: dark)') as [string, string]

/** The colours of one scheme by name. `var(--x, #rrggbb)` counts as its fallback. */
const coloursOf = (block: string) =>
  new Map(
    [...block.matchAll(/--([a-z-]+): (?:var\([^,]+, )?(#[\da-f]{6})\)?;/gu)].map(
      ([, name, value]) => [name!, value!] as const,
    ),
  )
const SCHEMES = [
  ['light', coloursOf(light), LIGHT_GROUNDS],
  ['dark', coloursOf(dark), DARK_GROUNDS],
] as const
const GROUNDS = ['page', 'surface', 'sunken']

test.each(SCHEMES)('every text colour has a contrast of 4.5:1 on every %s background', (_, colours) => {
  for (const role of ['ink', 'muted', 'accent', 'good', 'warn', 'bad', 'info']) {
    for (const ground of GROUNDS) {
      expect(contrast(colours.get(role)!, colours.get(ground)!), `${role} on ${ground}`).toBeGreaterThan(4.5)
    }
  }
})

test.each(SCHEMES)(
  'tones and ink have a contrast of 4.5:1 on the soft background of each tone in the %s scheme',
  (_, colours) => {
    for (const tone of ['good', 'warn', 'bad', 'info']) {
      const ground = colours.get(`${tone}-soft`)!
      expect(contrast(colours.get(tone)!, ground), tone).toBeGreaterThan(4.5)
      expect(contrast(colours.get('ink')!, ground), `ink on ${tone}-soft`).toBeGreaterThan(4.5)
    }
  },
)

test.each(SCHEMES)('the border of a control has a contrast of 3:1 on every %s background', (_, colours) => {
  for (const ground of GROUNDS) {
    expect(contrast(colours.get('control')!, colours.get(ground)!), ground).toBeGreaterThan(3)
  }
})

test.each(SCHEMES)(
  'text on the accent and on the danger colour has a contrast of 4.5:1 in the %s scheme',
  (_, colours) => {
    expect(contrast(colours.get('on-accent')!, colours.get('accent')!)).toBeGreaterThan(4.5)
    expect(contrast(colours.get('on-bad')!, colours.get('bad')!)).toBeGreaterThan(4.5)
  },
)

test.each(SCHEMES)(
  'accent.ts checks an institution’s colour on the backgrounds and with the mixes of the %s tokens',
  (scheme, colours, grounds) => {
    expect(grounds.fixed).toEqual(GROUNDS.map((ground) => colours.get(ground)))
    expect(grounds.surface).toBe(colours.get('surface'))
    const block = scheme === 'light' ? light : dark
    const shares = ['1', '2'].map(
      (n) => Number(new RegExp(`--mix-${n}: (\\d+)%`, 'u').exec(block)?.[1]) / 100,
    )
    expect(grounds.shares).toEqual(shares)
  },
)

test.each(SCHEMES)(
  'ink, muted and the accent have a contrast of 4.5:1 on its soft tints in the %s scheme',
  (_, colours, grounds) => {
    const accent = colours.get('accent')!
    const [soft, second] = groundsOf(accent, { ...grounds, fixed: [] })
    for (const role of ['ink', 'muted', 'accent'])
      expect(contrast(colours.get(role)!, soft!), role).toBeGreaterThan(4.5)
    for (const role of ['ink', 'accent'])
      expect(contrast(colours.get(role)!, second!), role).toBeGreaterThan(4.5)
  },
)
