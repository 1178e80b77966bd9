import { expect, test } from 'vitest'
import { evened, lightOf, mixed, pictureOf } from './light'

const of = (rows: number[][]) => ({
  values: Float32Array.from(rows.flat()),
  width: rows[0]!.length,
  height: rows.length,
})

test('a picture has the luminance of its colours, and the picture of a light is grey and opaque', () => {
  const colours = Uint8ClampedArray.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 10, 10, 10, 255])
  const light = lightOf({ data: colours, width: 2, height: 2 })
  expect([...light.values].map(Math.round)).toEqual([76, 150, 29, 10])
  const { data } = pictureOf(light)
  expect(Array.from(data.subarray(0, 8))).toEqual([76, 76, 76, 255, 150, 150, 150, 255])
})

test('mixing softens a line below 1 and sharpens it above, also at the rim, and leaves an even picture as it is', () => {
  const line = of([
    [0, 90, 0],
    [0, 90, 0],
    [0, 90, 0],
  ])
  expect([...mixed(line, 0).values]).toEqual([45, 30, 45, 45, 30, 45, 45, 30, 45])
  expect([...mixed(line, 2).values].slice(3, 6)).toEqual([-45, 150, -45])
  expect([...mixed(of([[7, 7, 7]]), 10).values]).toEqual([7, 7, 7])
})

test('an evened picture shows what is darker than around it, in the light and in the shadow', () => {
  const lit = [200, 200, 150, 200, 200, 40, 40, 25, 40, 40]
  const seen = [...evened(of([lit]), 1).values]
  expect([seen[2], seen[7]]).toEqual([0, 0])
  expect([seen[1], seen[3], seen[6], seen[8]]).toEqual([255, 255, 255, 255])
})
