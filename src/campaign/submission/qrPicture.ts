/** Draws a QR code as a picture for the phone's gallery, dark on white, with text below. */

const SIDE = 900
const MARGIN = 60
const LINE = 44

function paint(context: CanvasRenderingContext2D, svg: SVGSVGElement): void {
  const path = new Path2D(svg.querySelector('path')?.getAttribute('d') ?? '')
  context.save()
  context.translate(MARGIN, MARGIN / 2)
  context.scale(SIDE / svg.viewBox.baseVal.width, SIDE / svg.viewBox.baseVal.height)
  context.fill(path)
  context.restore()
}

function write(context: CanvasRenderingContext2D, lines: readonly string[]): void {
  const { width } = context.canvas
  context.textAlign = 'center'
  lines.forEach((line, index) => {
    context.font = `${index === 0 ? 'bold ' : ''}32px system-ui, sans-serif`
    context.fillText(line, width / 2, SIDE + MARGIN + index * LINE, width - MARGIN)
  })
}

/** A PNG of a QrCode's SVG with lines of text below. Rejects when the browser cannot draw it. */
export function pictureOfQr(svg: SVGSVGElement, lines: readonly string[]): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = SIDE + 2 * MARGIN
  canvas.height = SIDE + 2 * MARGIN + lines.length * LINE
  const context = canvas.getContext('2d')
  return new Promise((resolve, reject) => {
    if (!context) return reject(new Error('no canvas'))
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.fillStyle = '#000'
    paint(context, svg)
    write(context, lines)
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png')
  })
}
