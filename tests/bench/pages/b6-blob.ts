/**
 * The whole file as one Blob in IndexedDB, strict, and optionally hashed with the app's code. It is read back
 * in the uploader's chunks.
 */
import { makeHasher } from '@/media/hash'
import { ROW_BYTES } from '@/media/bytes'
import { CHUNK_BYTES } from '@/media/tus'
import { chosenFile, expose, watchDurability } from '../support/expose'

watchDurability()

const opened = new Promise<IDBDatabase>((done, failed) => {
  const request = indexedDB.open('blobs', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('blobs')
  request.onsuccess = () => done(request.result)
  request.onerror = () => failed(request.error)
})

async function put(file: File): Promise<void> {
  const transaction = (await opened).transaction('blobs', 'readwrite', { durability: 'strict' })
  transaction.objectStore('blobs').put(file, 'video')
  await new Promise<void>((done, failed) => {
    transaction.oncomplete = () => done()
    transaction.onabort = () => failed(transaction.error)
  })
}

async function hash(file: Blob): Promise<void> {
  const hasher = makeHasher()
  for (let start = 0; start < file.size; start += ROW_BYTES) {
    hasher.update(new Uint8Array(await file.slice(start, start + ROW_BYTES).arrayBuffer()))
  }
  hasher.hex()
}

async function stage(withHash: boolean): Promise<number> {
  const file = chosenFile()
  const startedAt = performance.now()
  if (withHash) await hash(file)
  await put(file)
  return performance.now() - startedAt
}

async function read(): Promise<number> {
  const database = await opened
  const startedAt = performance.now()
  const request = database.transaction('blobs').objectStore('blobs').get('video')
  const blob = await new Promise<Blob>((done) => (request.onsuccess = () => done(request.result as Blob)))
  for (let start = 0; start < blob.size; start += CHUNK_BYTES) {
    await blob.slice(start, start + CHUNK_BYTES).arrayBuffer()
  }
  return performance.now() - startedAt
}

expose({ stage, read, durabilities: () => [...window.durabilities] })
