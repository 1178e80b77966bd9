/** Small pictures of a video at some moments, for its strip. */
import { CanvasSink, type Input } from 'mediabunny'

/** Tells each picture as soon as it is drawn, upright. Rejects when the picture cannot be decoded. */
export async function drawPictures(
  input: Input,
  { atS, height }: { atS: number[]; height: number },
  tell: (atS: number, picture: Blob) => void,
): Promise<void> {
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new Error('no picture')
  const first = await track.getFirstTimestamp()
  const sink = new CanvasSink(track, { height, poolSize: 1 })
  let nth = 0
  for await (const drawn of sink.canvasesAtTimestamps(atS.map((one) => Math.max(first, one)))) {
    // a worker has no other canvas
    if (drawn) tell(atS[nth]!, await (drawn.canvas as OffscreenCanvas).convertToBlob({ type: 'image/jpeg' }))
    nth += 1
  }
}
