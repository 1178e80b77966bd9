/**
 * What a camera sees at a door, as a video: one pass after another in the middle of its picture, with nothing in between. Five
 * blocks at the edge tell the page which one is in view (`eyes.ts`): whether there is one, and its number in binary.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import type { Picture } from '@/media/codes/ways'

/** As the scanner asks the camera for. */
const [WIDTH, HEIGHT] = [1280, 720]
const FRAMES_A_SECOND = 5
export const [VIEW_S, GAP_S] = [3, 1]
const EDGE = 160
const BLOCK = HEIGHT / 5
const [WALL, LIGHT, DARK] = [150, 235, 16]
const NO_COLOUR = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)

function frameOf(picture: Picture | null, number: number): Buffer {
  const light = Buffer.alloc(WIDTH * HEIGHT, WALL)
  const mark = picture ? 1 + 2 * number : 0
  for (let y = 0; y < HEIGHT; y++) {
    const isLight = (mark >> Math.floor(y / BLOCK)) & 1
    light.fill(isLight ? LIGHT : DARK, y * WIDTH, y * WIDTH + EDGE)
  }
  if (picture) {
    const [left, top] = [(WIDTH - picture.width) / 2, (HEIGHT - picture.height) / 2]
    for (let y = 0; y < picture.height; y++)
      for (let x = 0; x < picture.width; x++)
        light[(top + y) * WIDTH + left + x] = toVideo(picture.data[(y * picture.width + x) * 4]!)
  }
  return Buffer.concat([Buffer.from('FRAME\n'), light, NO_COLOUR])
}

/** Video keeps its light between 16 and 235 (ITU-R BT.601). */
const toVideo = (light: number): number => 16 + (light * 219) / 255

/** Writes the video (Y4M) of these pictures, sixteen at most, to `file`. */
export function writeView(file: string, pictures: Picture[]): void {
  const video = openSync(file, 'w')
  writeSync(video, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`)
  for (const [number, picture] of pictures.entries())
    for (const [seen, seconds] of [
      [null, GAP_S],
      [picture, VIEW_S],
    ] as const) {
      const frame = frameOf(seen, number)
      for (let at = 0; at < seconds * FRAMES_A_SECOND; at++) writeSync(video, frame)
    }
  closeSync(video)
}
