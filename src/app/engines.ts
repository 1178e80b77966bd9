/** What runs behind every screen. It comes with a later chunk: the first screen does not wait for it. */
import { useInstitutionStore } from '@/data/institutionStore'
import { rpcGet } from '@/data/rpc'
import { usePwaStore } from './stores/pwa'
import { whenKept } from './whenKept'

/** Starts to send, to upload and to follow the database, once the worker holds the files this takes. */
export async function startEngines(): Promise<void> {
  await whenKept()
  await import('@/features/kinds')
  const { startSync } = await import('@/sync/start')
  void startSync()
  const { startUploads } = await import('@/media/start')
  startUploads()
  await usePwaStore().follow()
  // the worker keeps the list of revoked constancias, so that this phone verifies one without signal
  if (useInstitutionStore().bootstrap?.signing_keys)
    await rpcGet('revoked_constancias').catch(() => undefined)
}

/** Registers the service worker, which keeps the app's files. */
export const registerWorker = (): Promise<void> => usePwaStore().register()
