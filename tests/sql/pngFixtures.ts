/** PNG files made here: whole ones, and ones that only look like it. */
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A grey image of this size; `beside` are parts that do not draw it, each with its text. */
export function makePng(width: number, height: number, beside: Record<string, string> = {}): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8 // bits a sample; colour type 0 is grey
  const rows = deflateSync(Buffer.alloc((width + 1) * height))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...Object.entries(beside).map(([type, text]) => chunk(type, Buffer.from(text, 'latin1'))),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const base64Png = (width: number, height: number) => makePng(width, height).toString('base64')
