import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readIn } from '../../../supabase/functions/_shared/files/audio'
import { judge } from '../../../supabase/functions/_shared/media/judge'
import { wholePart } from './wholePart'

const clip = (name: string) => readFileSync(join(import.meta.dirname, '../../../tests/media/clips', name))
const cutAt = async (bytes: Uint8Array, end: number) =>
  new Uint8Array(await (await wholePart(new Blob([bytes.slice(0, end)]))).arrayBuffer())

test('a recording that ends anywhere is one that the server takes, and loses less than a tenth of a second', async () => {
  const whole = clip('recorded.webm')
  expect(await cutAt(whole, whole.length)).toHaveLength(whole.length)
  for (let end = 1_500; end < whole.length; end += 977) {
    const part = await cutAt(whole, end)
    expect(end - part.length).toBeLessThan(400)
    expect(await judge(readIn(part), part.length, 'audio/webm')).toMatchObject({ tells: [], sound: 'opus' })
  }
})

test('a fragment without its sound is left out, and what is no recording stays as it is', async () => {
  const box = (type: string, bytes: number) => {
    const made = Buffer.alloc(bytes)
    made.writeUInt32BE(bytes)
    made.write(type, 4)
    return made
  }
  const file = Buffer.concat([
    box('ftyp', 16),
    box('moov', 40),
    box('moof', 30),
    box('mdat', 50),
    box('moof', 30),
  ])
  expect(await cutAt(file, file.length)).toHaveLength(136)
  expect(await cutAt(file, 120)).toHaveLength(56)
  expect(await cutAt(Buffer.from('no recording at all'), 19)).toHaveLength(19)
})
