import type { StreamTargetChunk } from 'mediabunny'

/** A file that grows outside the memory of the page, because browsers keep large blobs on disk. */
export function growingFile() {
  let file = new Blob()
  const write = ({ position, data }: StreamTargetChunk): void => {
    file = new Blob([file.slice(0, position), data, file.slice(position + data.length)])
  }
  return { whole: (type: string) => new Blob([file], { type }), target: new WritableStream({ write }) }
}
