/** Which storage API the suite runs on: the embedded one, or the one built in CONTRACT_STORAGE (`npm run test:storage`). */
import type { BackendOptions } from '../../supabase/local/server'
import { startRealStorage } from '../realStorage/server'

const source = process.env['CONTRACT_STORAGE']

/** The part of a backend's options that chooses the storage API. */
export const storageApi = (folder: string): Pick<BackendOptions, 'startStorage'> =>
  source === undefined
    ? {}
    : { startStorage: (postgres, keys) => startRealStorage(source, folder, postgres, keys) }
