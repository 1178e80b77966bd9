/**
 * A link between browser and front, at the level of bytes: a round-trip time, an upload rate, cuts, and
 * counters. It knows no protocol, so it counts the bytes that a phone plan would charge.
 */
import net from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export interface LinkOptions {
  /** ms; half of it each way. */
  rttMs?: number
  /** Bytes a second from the phone; unlimited by default. */
  upBytesPerS?: number
}

export interface Link {
  readonly port: number
  /** Bytes that passed since the last `reset`. */
  readonly passed: { up: number; down: number }
  reset(): void
  /** Breaks every connection. New ones break at once until `up`. */
  down(): void
  up(): void
  close(): Promise<void>
}

/** Smaller pieces make a smoother rate, and larger ones cost less. */
const PIECE = 16 * 1024

/** Limits the rate, shared by all connections of the phone. */
function makeRate(bytesPerS: number): (bytes: number) => Promise<void> {
  let free = performance.now()
  return async (bytes) => {
    const now = performance.now()
    free = Math.max(free, now - 100) + (bytes / bytesPerS) * 1000 // catches up after a busy machine, not after idle time
    if (free > now + 4) await wait(free - now)
  }
}

type Pass = (bytes: number) => Promise<void> | void

/** Carries one direction in order at the rate; each piece arrives half a round trip later. */
function carry(from: Socket, to: Socket, delayMs: number, pass: Pass): void {
  let tail: Promise<unknown> = Promise.resolve()
  const deliver = async (piece: Buffer, at: number) => {
    const early = at - performance.now()
    if (early > 1) await wait(early)
    if (!to.destroyed && !to.write(piece))
      await new Promise((done) => to.once('drain', done).once('close', done))
  }
  const take = async (data: Buffer) => {
    for (let start = 0; start < data.length && !from.destroyed && !to.destroyed; start += PIECE) {
      const piece = data.subarray(start, start + PIECE)
      await pass(piece.length)
      const at = performance.now() + delayMs
      tail = tail.then(() => deliver(piece, at))
      if (delayMs === 0) await tail
    }
  }
  from.on('data', (data: Buffer) => {
    from.pause()
    void take(data).finally(() => from.resume())
  })
  from.on('end', () => void tail.then(() => to.end()))
  from.on('close', () => void tail.then(() => to.destroy()))
  from.on('error', () => to.destroy())
}

/** Starts a link to a port of this machine. */
export async function startLink(target: number, options: LinkOptions = {}): Promise<Link> {
  const { rttMs = 0, upBytesPerS } = options
  const passed = { up: 0, down: 0 }
  const rate = upBytesPerS ? makeRate(upBytesPerS) : null
  const open = new Set<Socket>()
  let isDown = false
  const goUp: Pass = async (bytes) => {
    await rate?.(bytes)
    passed.up += bytes
  }
  const server = net.createServer({ noDelay: true }, (near) => {
    if (isDown) return near.destroy()
    const far = net.connect({ port: target, host: '127.0.0.1', noDelay: true })
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
    }
    carry(near, far, rttMs / 2, goUp)
    carry(far, near, rttMs / 2, (bytes) => void (passed.down += bytes))
  })
  const breakAll = () => open.forEach((socket) => socket.destroy())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    reset: () => Object.assign(passed, { up: 0, down: 0 }),
    down: () => {
      isDown = true
      breakAll()
    },
    up: () => void (isDown = false),
    close: () => {
      breakAll()
      return new Promise((done) => server.close(() => done()))
    },
  }
}
