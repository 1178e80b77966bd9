/**
 * Uppy with Tus (the options that supabase.com/docs/guides/storage/uploads/resumable-uploads lists for it) and
 * Golden Retriever (uppy.io/docs/golden-retriever). Golden Retriever does not store files over 10 MiB in
 * IndexedDB; its service worker does not survive a crash and is off by default. After a kill the file is
 * therefore a ghost, and the person chooses it again and confirms.
 */
import Uppy from '@uppy/core'
import GoldenRetriever from '@uppy/golden-retriever'
import Tus from '@uppy/tus'
import { chosenFile, expose } from '../support/expose'
import { KEY } from '../support/key'

let state: 'running' | 'error' | 'done' = 'running'

const uppy = new Uppy({ id: 'bench', autoProceed: false })
  .use(Tus, {
    endpoint: `${location.origin}/storage/v1/upload/resumable`,
    headers: { apikey: KEY },
    uploadDataDuringCreation: true,
    chunkSize: 6 * 1024 * 1024,
    allowedMetaFields: ['bucketName', 'objectName', 'contentType', 'cacheControl'],
  })
  .use(GoldenRetriever)

uppy.on('upload-error', () => (state = 'error'))
uppy.on('complete', ({ failed }) => (state = failed?.length ? 'error' : 'done'))

/** Whether Golden Retriever restores an upload of an earlier page within 2 s. */
const restored = new Promise<boolean>((done) => {
  uppy.on('restored', () => done(uppy.getFiles().length > 0))
  setTimeout(() => done(false), 2000)
})

async function start(mediaId: string): Promise<void> {
  const hasPast = await restored
  const file = chosenFile()
  const meta = {
    bucketName: 'videos-intake',
    objectName: mediaId,
    contentType: 'video/mp4',
    cacheControl: '3600',
  }
  uppy.addFile({ name: file.name, type: 'video/mp4', data: file, meta })
  if (hasPast) uppy.emit('restore-confirmed')
  else void uppy.upload()
}

expose({
  prepare: () => undefined,
  start,
  state: () => state,
  again: () => {
    state = 'running'
    void uppy.retryAll()
  },
})
