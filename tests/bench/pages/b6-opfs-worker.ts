import { makeHasher } from '@/media/hash'
import { ROW_BYTES } from '@/media/bytes'
import { CHUNK_BYTES } from '@/media/tus'

/** Declared here because only TypeScript's worker library has it. */
interface SyncHandle {
  truncate(size: number): void
  write(bytes: Uint8Array, options: { at: number }): number
  read(into: Uint8Array, options: { at: number }): number
  getSize(): number
  flush(): void
  close(): void
}
type WithSync = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> }

async function open(): Promise<SyncHandle> {
  const folder = await navigator.storage.getDirectory()
  return ((await folder.getFileHandle('video', { create: true })) as WithSync).createSyncAccessHandle()
}

/**
 * Copies in the same pieces as the app, with one flush at the end, because an incomplete copy is deleted
 * anyway.
 */
async function stage(file: File, withHash: boolean): Promise<void> {
  const handle = await open()
  const hasher = makeHasher()
  handle.truncate(0)
  for (let start = 0; start < file.size; start += ROW_BYTES) {
    const piece = new Uint8Array(await file.slice(start, start + ROW_BYTES).arrayBuffer())
    if (withHash) hasher.update(piece)
    handle.write(piece, { at: start })
  }
  handle.flush()
  handle.close()
  hasher.hex()
}

async function read(): Promise<void> {
  const handle = await open()
  const size = handle.getSize()
  for (let start = 0; start < size; start += CHUNK_BYTES) {
    handle.read(new Uint8Array(Math.min(CHUNK_BYTES, size - start)), { at: start })
  }
  handle.close()
}

addEventListener('message', async ({ data }: MessageEvent<{ file?: File; withHash?: boolean }>) => {
  const startedAt = performance.now()
  await (data.file ? stage(data.file, data.withHash ?? false) : read())
  postMessage(performance.now() - startedAt)
})
