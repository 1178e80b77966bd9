/** What runs behind every screen. It comes with a later chunk: the first screen does not wait for it. */
import { usePwaStore } from './stores/pwa'
import { whenKept } from './whenKept'

/** Starts to send, to upload and to follow the database, once the worker holds the files this takes. */
export async function startEngines(): Promise<void> {
  await whenKept()
  await import('@/features/kinds')
  const { startSync } = await import('@/sync/start')
  startSync()
  const { startUploads } = await import('@/media/start')
  startUploads()
  await usePwaStore().follow()
}

/** Registers the service worker, which keeps the app's files. */
export const registerWorker = (): Promise<void> => usePwaStore().register()
