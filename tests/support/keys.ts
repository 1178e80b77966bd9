/** The secret keys of the backends of tests, which know them before they start. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import webPush from 'web-push'
import type { SecretKeys } from '../../supabase/local/keys'

export const TEST_KEYS: SecretKeys = {
  secretKey: 'sb_secret_of_the_tests',
  jobsSecret: 'jobs-secret-of-the-tests',
  jwtSecret: 'a secret of the tests, which signs their tokens',
  pushKeys: webPush.generateVAPIDKeys(),
}

/** Gives a new data folder these keys. */
export const giveKeys = (folder: string): void =>
  writeFileSync(path.join(folder, 'keys.json'), JSON.stringify(TEST_KEYS))
