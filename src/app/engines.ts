/** What runs behind every screen. It comes with a later chunk: the first screen does not wait for it. */
import { useInstitutionStore } from '@/data/institutionStore'
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
  if (useInstitutionStore().bootstrap?.signing_keys) await keepRevocations()
}

/** Has the worker keep the list of revoked constancias, so that this phone verifies one without signal. */
async function keepRevocations(): Promise<void> {
  const { rpcGet } = await import('@/data/rpc')
  await rpcGet('revoked_constancias').catch(() => undefined)
}

/** Registers the service worker, which keeps the app's files. */
export const registerWorker = (): Promise<void> => usePwaStore().register()
