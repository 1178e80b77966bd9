/**
 * tus-js-client alone, with the options of supabase.com/docs/guides/storage/uploads/resumable-uploads (without
 * `x-upsert`, which the policies refuse). It stores no bytes: after a kill the person chooses the file again,
 * and its fingerprint in localStorage leads to the upload's address.
 */
import { Upload } from 'tus-js-client'
import { chosenFile, expose } from '../support/expose'
import { KEY } from '../support/key'

let state: 'running' | 'error' | 'done' = 'running'
let upload: Upload | null = null

async function start(mediaId: string): Promise<void> {
  state = 'running'
  upload = new Upload(chosenFile(), {
    endpoint: `${location.origin}/storage/v1/upload/resumable`,
    retryDelays: [0, 3000, 5000, 10_000, 20_000],
    headers: { apikey: KEY },
    uploadDataDuringCreation: true,
    removeFingerprintOnSuccess: true,
    metadata: {
      bucketName: 'videos-intake',
      objectName: mediaId,
      contentType: 'video/mp4',
      cacheControl: '3600',
    },
    chunkSize: 6 * 1024 * 1024,
    onError: () => (state = 'error'),
    onSuccess: () => (state = 'done'),
  })
  const [previous] = await upload.findPreviousUploads()
  if (previous) upload.resumeFromPreviousUpload(previous)
  upload.start()
}

expose({
  prepare: () => undefined,
  start,
  state: () => state,
  again: () => {
    state = 'running'
    upload?.start()
  },
})
