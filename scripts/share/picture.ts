/**
 * The picture that chats show beside a link, 1200 × 630. The same words give the same bytes on every machine: the letters come from
 * a package and are drawn as outlines, and nothing is read from the system.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { renderAsync } from '@resvg/resvg-js'
import satori, { type Font } from 'satori'
import sharp from 'sharp'
import type { SharePicture } from '@/campaign/share/sharePage'
import { excerpt } from '@/domain/text'
import { accentOn, LIGHT_GROUNDS } from '@/ui/accent'
import type { Site } from './html'

export const WIDTH = 1200
export const HEIGHT = 630
/** Raise it with every change of the look: the name of a picture is made of what is drawn. */
const LOOK = 3

const letters = createRequire(import.meta.url)
const fontOf = (file: string, weight: 400 | 700): Font => ({
  name: 'DejaVu Sans',
  data: readFileSync(letters.resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`)),
  weight,
})
let fonts: Font[] | undefined

type Style = Readonly<Record<string, string | number>>
/** A box as satori takes it without React. */
const box = (style: Style, children: unknown) => ({
  type: 'div',
  props: { style: { display: 'flex', ...style }, children },
})
/** Text that wraps in the width of the picture and ends with «…» after so many lines. */
const lines = (style: Style, lineClamp: number, text: string) => ({
  type: 'div',
  props: {
    style: { display: 'block', width: '100%', lineClamp, wordBreak: 'break-word', ...style },
    children: text,
  },
})

/** The size of the main words and how many lines of them there is room for. */
const SIZES = [
  { upTo: 90, fontSize: 60, lineClamp: 4 },
  { upTo: 200, fontSize: 46, lineClamp: 5 },
  { upTo: Infinity, fontSize: 38, lineClamp: 6 },
] as const
/** More is never drawn, whatever a text has. */
const MOST = 320

const SURFACE = '#f7f5f1'
const INK = '#1d1a22'
const MUTED = '#5c5666'

function layout({ about, words, state, foot }: SharePicture, { accent, institution, label }: Site) {
  const colour = accentOn(accent, LIGHT_GROUNDS, 'darker')?.accent ?? INK
  const text = excerpt(words, MOST)
  const { fontSize, lineClamp } = SIZES.find(({ upTo }) => [...text].length <= upTo)!
  const head = box({ flexDirection: 'column', width: '100%' }, [
    lines({ color: colour, fontSize: 30, fontWeight: 700 }, 1, about),
    lines({ marginTop: 24, fontSize, lineHeight: 1.35 }, lineClamp, text),
  ])
  const tail = box({ flexDirection: 'column', width: '100%' }, [
    ...(state ? [lines({ color: colour, fontSize: 32, fontWeight: 700 }, 2, state)] : []),
    lines({ marginTop: 12, color: MUTED, fontSize: 26 }, 1, [institution, foot].filter(Boolean).join(' · ')),
    ...(label ? [lines({ marginTop: 8, color: MUTED, fontSize: 26, fontWeight: 700 }, 1, label)] : []),
  ])
  return box(
    {
      width: WIDTH,
      height: HEIGHT,
      boxSizing: 'border-box',
      padding: '48px 64px 44px 60px',
      flexDirection: 'column',
      justifyContent: 'space-between',
      background: SURFACE,
      borderLeft: `20px solid ${colour}`,
      color: INK,
      fontFamily: 'DejaVu Sans',
    },
    [head, tail],
  )
}

/** The name of a picture, by what is drawn. */
export const pictureName = (picture: SharePicture, { accent, institution, label }: Site): string =>
  createHash('sha256')
    .update(JSON.stringify([LOOK, picture, accent, institution, label]))
    .digest('hex')
    .slice(0, 20)

/** Few colours with a palette: a third of the bytes, which whoever gets the link pays for. Without dithering, for the same bytes each time. */
const FEW = { palette: true, colours: 32, dither: 0, effort: 7 } as const

/** The bytes of the PNG. Signs that the letters lack are drawn as empty boxes. */
export async function drawPicture(picture: SharePicture, site: Site): Promise<Buffer> {
  fonts ??= [fontOf('DejaVuSans', 400), fontOf('DejaVuSans-Bold', 700)]
  const svg = await satori(layout(picture, site) as never, { width: WIDTH, height: HEIGHT, fonts })
  const { pixels, width, height } = await renderAsync(svg, { font: { loadSystemFonts: false } })
  return await sharp(pixels, { raw: { width, height, channels: 4 } })
    .png(FEW)
    .toBuffer()
}
