/** Draws flat shapes on a stage of 180 × 150 units around its centre: x from -90 to 90, y from -75 to 75. */

/** One clip: its frame in pixels, its colours and the words that appear one after the other. */
export interface Frame {
  width: number
  height: number
  title: string
  lines: string[]
}

/** The smallest share of the frame's height for the words, above and below the stage. */
const WORDS = 0.2
/** Marks the clip as a sample, also for whoever downloads it. */
const LABEL = 'Video de muestra'

export class Pen {
  /** Pixels for each unit of the stage. */
  readonly #scale: number
  readonly #context: CanvasRenderingContext2D
  readonly #frame: Frame

  constructor(context: CanvasRenderingContext2D, frame: Frame) {
    this.#context = context
    this.#frame = frame
    this.#scale = Math.min(frame.width / 180, (frame.height * (1 - WORDS)) / 150)
  }

  /** Fills the frame: the sky above, the ground from `horizon` (a y of the stage) down. */
  ground(sky: string, ground: string, horizon: number): void {
    this.rect(-400, -400, 800, 800, sky)
    this.rect(-400, horizon, 800, 800, ground)
  }

  rect(x: number, y: number, width: number, height: number, color: string): void {
    this.#context.fillStyle = color
    this.#context.fillRect(...this.#at(x, y), width * this.#scale, height * this.#scale)
  }

  disc(x: number, y: number, radius: number, color: string): void {
    this.#context.fillStyle = color
    this.#context.beginPath()
    this.#context.arc(...this.#at(x, y), Math.max(0, radius) * this.#scale, 0, 7)
    this.#context.fill()
  }

  /** Fills the polygon through these points, `[x, y, x, y, …]`. */
  shape(points: number[], color: string): void {
    this.#context.fillStyle = color
    this.#context.beginPath()
    for (let at = 0; at < points.length; at += 2)
      this.#context.lineTo(...this.#at(points[at]!, points[at + 1]!))
    this.#context.fill()
  }

  /** Draws the first `part` (0 to 1) of a line through these points. */
  path(points: number[], width: number, color: string, part = 1): void {
    const context = this.#context
    context.strokeStyle = color
    context.lineWidth = width * this.#scale
    context.lineCap = context.lineJoin = 'round'
    context.beginPath()
    const sides = points.length / 2 - 1
    for (let side = 0; side <= sides; side++) {
      const done = Math.min(1, Math.max(0, part * sides - side + 1))
      if (side > 0 && done === 0) break
      const [x, y] = [points[side * 2]!, points[side * 2 + 1]!]
      const [fromX, fromY] = side === 0 ? [x, y] : [points[side * 2 - 2]!, points[side * 2 - 1]!]
      context.lineTo(...this.#at(fromX + (x - fromX) * done, fromY + (y - fromY) * done))
    }
    context.stroke()
  }

  /** Writes centred words whose capitals are about `size` units high. */
  text(words: string, x: number, y: number, size: number, color: string): void {
    this.#context.fillStyle = color
    this.#context.font = `bold ${size * this.#scale}px sans-serif`
    this.#context.textAlign = 'center'
    this.#context.fillText(words, ...this.#at(x, y + size * 0.36))
  }

  /** A standing person whose feet are at y. `raised` (0 to 1) lifts an arm. */
  person(x: number, y: number, color: string, raised = 0): void {
    this.shape([x - 9, y, x - 7, y - 22, x + 7, y - 22, x + 9, y], color)
    this.disc(x, y - 29, 7, '#c98f64')
    this.path([x + 6, y - 20, x + 14, y - 10 - raised * 24], 4, color)
  }

  house(x: number, y: number, width: number, height: number, color: string): void {
    this.rect(x, y - height, width, height, color)
    this.shape(
      [x - 3, y - height, x + width / 2, y - height - width * 0.4, x + width + 3, y - height],
      '#8c3b2e',
    )
    this.rect(x + width * 0.38, y - height * 0.5, width * 0.24, height * 0.5, '#5b4636')
  }

  tree(x: number, y: number, size: number): void {
    this.rect(x - size * 0.1, y - size * 0.7, size * 0.2, size * 0.7, '#6b4a2f')
    this.disc(x, y - size, size * 0.5, '#2f7d4f')
  }

  /** The band of words at the bottom, and the label that marks the clip as a sample. */
  words(moment: number): void {
    const { width, height, title, lines } = this.#frame
    const context = this.#context
    const all = [title, ...lines]
    const size = Math.round(Math.min(width / 17, height / 12))
    context.font = `bold ${size}px sans-serif`
    const rows = this.#rowsOf(all[Math.min(all.length - 1, Math.floor(moment * all.length))]!)
    const band = (rows.length + 0.7) * size * 1.25
    context.fillStyle = '#16201f'
    context.fillRect(0, height - band, width, band)
    context.textAlign = 'center'
    context.fillStyle = '#fff'
    rows.forEach((row, index) => {
      context.fillText(row, width / 2, height - band + (index + 1.15) * size * 1.25)
    })
    context.font = `bold ${Math.round(size * 0.7)}px sans-serif`
    context.fillStyle = '#16201f'
    context.fillRect(0, 0, context.measureText(LABEL).width + size, size * 1.4)
    context.textAlign = 'left'
    context.fillStyle = '#fff'
    context.fillText(LABEL, size * 0.5, size)
  }

  #rowsOf(line: string): string[] {
    return line.split(' ').reduce<string[]>((rows, word) => {
      const longer = `${rows.at(-1) ?? ''} ${word}`.trim()
      const fits = rows.length > 0 && this.#context.measureText(longer).width < this.#frame.width * 0.92
      return fits ? [...rows.slice(0, -1), longer] : [...rows, word]
    }, [])
  }

  /** The pixel of a point of the stage, which stands a little above the middle of the frame. */
  #at(x: number, y: number): [number, number] {
    const { width, height } = this.#frame
    return [width / 2 + x * this.#scale, height * (0.5 - WORDS / 2) + y * this.#scale]
  }
}
