/**
 * Bad pictures of QR codes, made from a seed. Each kind of fault has a range, stated here in modules of the code or in shares
 * of white. The picture is what a camera sees: the code in perspective, its edges soft, its light uneven, with noise.
 */
import { encode } from 'uqr'
import type { Picture } from '@/media/codes/ways'
import { between, randomFrom, type Random } from '../random'

export const FAULTS = ['blur', 'tilt', 'low_light', 'glare', 'small', 'moire'] as const
export type Fault = (typeof FAULTS)[number]

/** From and to. `blur`: standard deviation in modules. `tilt`: degrees. The others: shares of the range of light. */
export const RANGES = {
  every: { turn: [-25, 25], tilt: [0, 15], blur: [0.1, 0.3], noise: [0, 0.02], module_px: [3, 5] },
  blur: { blur: [0.3, 0.5] },
  tilt: { tilt: [30, 50], module_px: [3.5, 5] },
  low_light: { white: [0.12, 0.3], contrast: [0.35, 0.7], noise: [0.01, 0.025] },
  glare: { strength: [0.5, 1], radius: [0.06, 0.12] },
  small: { turn: [-8, 8], tilt: [0, 8], module_px: [2.2, 2.8] },
  moire: { depth: [0.15, 0.35], period_px: [2.5, 6] },
} as const

type Range = readonly [number, number]
interface Scene {
  size: number
  turn: number
  tilt: number
  blur: number
  noise: number
  module: number
  white: number
  contrast: number
  glare: { x: number; y: number; radius: number; strength: number } | null
  moire: { depth: number; period: number; turn: number } | null
}

const QUIET = 4
const LARGE = 480
const SMALL = 240

/** A picture of this code with this fault. The same seed makes the same picture. */
export function badPicture(text: string, fault: Fault, seed: number): Picture {
  const random = randomFrom(seed)
  const code = encode(text, { ecc: 'M', border: QUIET })
  return draw(code.data, sceneOf(fault, code.size, random), random)
}

function sceneOf(fault: Fault, modules: number, random: Random): Scene {
  const within = (range: Range) => between(random, range)
  const range = { ...RANGES.every, ...RANGES[fault] } as Record<string, Range>
  const size = fault === 'small' ? SMALL : LARGE
  const turn = (within(range['turn']!) * Math.PI) / 180
  const fits = (size * 0.94) / (modules * (Math.cos(turn) + Math.abs(Math.sin(turn)))) // the whole code is in the picture
  return {
    size,
    turn,
    tilt: (within(range['tilt']!) * Math.PI) / 180,
    blur: within(range['blur']!),
    noise: within(range['noise']!),
    module: Math.min(within(range['module_px']!), fits),
    white: range['white'] ? within(range['white']) : 0.7 + 0.3 * random(),
    contrast: range['contrast'] ? within(range['contrast']) : 0.75 + 0.25 * random(),
    glare: range['radius']
      ? {
          x: 0.25 + 0.5 * random(),
          y: 0.25 + 0.5 * random(),
          radius: within(range['radius']),
          strength: within(range['strength']!),
        }
      : null,
    moire: range['depth']
      ? { depth: within(range['depth']), period: within(range['period_px']!), turn: random() * Math.PI }
      : null,
  }
}

/** The place on the code that a point of the picture shows, in modules from its middle: it turns, then tilts away. */
function placeOn({ size, turn, tilt, module }: Scene, x: number, y: number): [number, number] {
  const [right, down] = [(x - size / 2) / module, (y - size / 2) / module]
  const distance = (size / module) * 1.5 // of the camera, in modules
  const v = down / (Math.cos(tilt) + (down / distance) * Math.sin(tilt))
  const u = right * (1 - (v / distance) * Math.sin(tilt))
  return [u * Math.cos(turn) + v * Math.sin(turn), v * Math.cos(turn) - u * Math.sin(turn)]
}

function draw(modules: boolean[][], scene: Scene, random: Random): Picture {
  const { size } = scene
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const light = blurred(blurred(seenSharp(modules, scene), scene), scene)
  const data = new Uint8ClampedArray(size * size * 4).fill(255)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const seen = lit(scene, x, y, light[y * size + x]!) + gaussian() * scene.noise
      const at = (y * size + x) * 4
      data[at] = data[at + 1] = data[at + 2] = Math.round(seen * 255)
    }
  return { data, width: size, height: size }
}

/** Where in a pixel its light is taken. */
const INSIDE = [0.25, 0.75].flatMap((x) => [0.25, 0.75].map((y) => [x, y] as const))

/** The light of each pixel, line by line, through a sharp lens. */
function seenSharp(modules: boolean[][], scene: Scene): Float32Array {
  const { size, contrast } = scene
  const half = modules.length / 2
  return Float32Array.from({ length: size * size }, (_, at) => {
    let dark = 0
    for (const [x, y] of INSIDE) {
      const [u, v] = placeOn(scene, (at % size) + x, Math.floor(at / size) + y)
      if (modules[Math.floor(v + half)]?.[Math.floor(u + half)]) dark += 1
    }
    return 1 - (contrast * dark) / INSIDE.length
  })
}

/** Blurs along the lines and turns the picture over its diagonal, so that doing it twice blurs both ways. */
function blurred(light: Float32Array, { size, blur, module }: Scene): Float32Array {
  const deviation = Math.max(0.3, blur * module)
  const reach = Math.ceil(3 * deviation)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * deviation ** 2)),
  )
  const total = weights.reduce((sum, weight) => sum + weight)
  const soft = new Float32Array(size * size)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      let sum = 0
      for (let step = -reach; step <= reach; step++)
        sum += weights[step + reach]! * light[y * size + Math.min(size - 1, Math.max(0, x + step))]!
      soft[x * size + y] = sum / total
    }
  return soft
}

/** The light of a point after the lamp, a reflection and the lines of a screen. */
function lit({ size, white, glare, moire }: Scene, x: number, y: number, light: number): number {
  let seen = light * white
  if (moire) {
    const along = x * Math.cos(moire.turn) + y * Math.sin(moire.turn)
    seen *= 1 - (moire.depth / 2) * (1 + Math.sin((2 * Math.PI * along) / moire.period))
  }
  if (glare) {
    const away = Math.hypot(x / size - glare.x, y / size - glare.y) / glare.radius
    seen += glare.strength * Math.exp(-away * away)
  }
  return Math.min(1, seen)
}

/** The picture as a file that every program reads (PGM, Netpbm). */
export function toPgm({ data, width, height }: Picture): Buffer {
  const light = Buffer.alloc(width * height)
  for (let at = 0; at < light.length; at++) light[at] = data[at * 4]!
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), light])
}
