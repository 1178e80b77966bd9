/**
 * A bad line between phone and server: a loopback TCP proxy with a rate, a delay, lost packets, stalls and
 * cuts, all from a seed. It does not interpret HTTP. A lost piece arrives late and delays everything behind it,
 * as TCP shows a loss to applications.
 *
 * Benchmarks describe lines in real terms (750 kbps, a cut every 30–90 s) and run them `scale` times as fast:
 * rates are multiplied and times divided, so the bytes between two cuts stay the same.
 */
import net from 'node:net'
import { Transform, type TransformCallback } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { between, randomFrom, type Random } from './random'

type Range = readonly [least: number, most: number]

export interface LinkOptions {
  seed: number
  /** From phone to server. Every rate is shared by all connections. */
  upBytesPerSecond: number
  downBytesPerSecond: number
  /** One way. */
  delayMs?: number
  /** The share of pieces (16 KiB) that are lost once, and the time to send one again. */
  loss?: number
  resendMs?: number
  /** The time between two cuts, which reset every connection. Without it there is no cut. */
  cutEveryMs?: Range
  /**
   * The time between two stalls, during which nothing moves, and the length of one. Without it there is no
   * stall.
   */
  stallEveryMs?: Range
  stallMs?: Range
  /** How many times as fast as described; 1 by default. */
  scale?: number
}

export interface Link {
  /** The address at which the phone reaches the server. */
  readonly origin: string
  /** Bytes from the phone that crossed the line, including headers. */
  carriedUp(): number
  cuts(): number
  stalls(): number
  /** A calm line has no cuts and no stalls; rate, delay and loss stay. */
  calm(on: boolean): void
  close(): Promise<void>
}

const PIECE_BYTES = 16 * 1024
const RESEND_MS = 300
const STALL_MS: Range = [2_000, 10_000]

interface Line {
  bytesPerMs: number
  delayMs: number
  loss: number
  resendMs: number
  random: Random
  /** Nothing arrives before this instant. */
  stalledUntil(): number
}

/** One direction of the line. */
class Lane {
  #freeAt = 0
  carried = 0

  constructor(readonly line: Line) {}

  /** Waits until the line has accepted a piece. Returns the delay of its arrival in ms. */
  async take(bytes: number): Promise<number> {
    const { bytesPerMs, delayMs, loss, resendMs, random } = this.line
    this.#freeAt = Math.max(performance.now(), this.#freeAt) + bytes / bytesPerMs
    const ahead = this.#freeAt - performance.now()
    if (ahead > 1) await wait(ahead)
    this.carried += bytes
    return delayMs + (random() < loss ? resendMs : 0)
  }
}

/** Accepts pieces at the lane's rate and passes them on in order when they arrive. */
class Passage extends Transform {
  #last: Promise<unknown> = Promise.resolve()

  constructor(readonly lane: Lane) {
    super({ readableHighWaterMark: PIECE_BYTES, writableHighWaterMark: PIECE_BYTES })
  }

  override _transform(data: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    void this.#pass(data).then(() => done())
  }

  override _flush(done: TransformCallback): void {
    void this.#last.then(() => done())
  }

  async #pass(data: Buffer): Promise<void> {
    for (let at = 0; at < data.length && !this.destroyed; at += PIECE_BYTES) {
      const piece = data.subarray(at, at + PIECE_BYTES)
      const late = await this.lane.take(piece.length)
      const arrival = performance.now() + late
      this.#last = this.#last.then(() => this.#deliver(piece, arrival))
    }
  }

  async #deliver(piece: Buffer, arrival: number): Promise<void> {
    const at = Math.max(arrival, this.lane.line.stalledUntil())
    const ahead = at - performance.now()
    if (ahead > 1) await wait(ahead)
    if (!this.destroyed) this.push(piece)
  }
}

/**
 * Calls `happen` repeatedly, each time after a random time within the range. Returns a function that stops it.
 */
function every(random: Random, range: Range | undefined, scale: number, happen: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const next = () => {
    if (!range) return
    timer = setTimeout(() => (happen(), next()), between(random, range) / scale)
  }
  next()
  return () => clearTimeout(timer)
}

/** Starts a line to `target` (an origin) on a free loopback port. */
export async function startLink(target: string, options: LinkOptions): Promise<Link> {
  const { hostname, port } = new URL(target)
  const scale = options.scale ?? 1
  const random = randomFrom(options.seed)
  let [stalledUntil, cuts, stalls, isCalm] = [0, 0, 0, false]
  const lineOf = (bytesPerSecond: number): Line => ({
    bytesPerMs: (bytesPerSecond * scale) / 1000,
    delayMs: (options.delayMs ?? 0) / scale,
    loss: options.loss ?? 0,
    resendMs: (options.resendMs ?? RESEND_MS) / scale,
    random,
    stalledUntil: () => stalledUntil,
  })
  const [up, down] = [
    new Lane(lineOf(options.upBytesPerSecond)),
    new Lane(lineOf(options.downBytesPerSecond)),
  ]
  const sockets = new Set<net.Socket>()
  const server = net.createServer({ allowHalfOpen: true }, (phone) => {
    const onward = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true })
    for (const socket of [phone, onward]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('close', () => sockets.delete(socket))
    }
    const hangUp = () => [phone, onward].forEach((socket) => socket.destroy())
    pipeline(phone, new Passage(up), onward).catch(hangUp)
    pipeline(onward, new Passage(down), phone).catch(hangUp)
  })
  const reset = () => sockets.forEach((socket) => socket.resetAndDestroy())
  const ends = [
    every(random, options.cutEveryMs, scale, () => {
      if (isCalm) return
      cuts += 1
      reset()
    }),
    every(random, options.stallEveryMs, scale, () => {
      if (isCalm) return
      stalls += 1
      stalledUntil = performance.now() + between(random, options.stallMs ?? STALL_MS) / scale
    }),
  ]
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    carriedUp: () => up.carried,
    cuts: () => cuts,
    stalls: () => stalls,
    calm: (on) => void (isCalm = on),
    close() {
      ends.forEach((end) => end())
      reset()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
