/** An empty project, and what its first administrator answers. */
import { test as base } from '@playwright/test'
import { inviteFirstAdmin } from '../../supabase/local/firstAdmin'
import { FIRST_ADMIN } from '../../supabase/local/keys'
import { removeProfiles } from '../support/browser'
import { TEST_KEYS } from '../support/keys'
import { type NetworkProxy, startProxy } from '../support/proxy'
import { type Running, startBackend } from './backend'

export const PASSWORD = 'cuatro palabras sin relación'
/** The answers of «Configura tu institución», by field. */
export const FIVE = {
  name: 'Instituto de Transparencia del Valle',
  short_name: 'ITV',
  email: 'ayuda@itv.example',
  transparency_unit: 'Unidad de Transparencia\nPlanta baja, unidad@itv.example',
  mail_from: 'avisos@itv.example',
} as const

/** An empty project of this test alone, behind a proxy of its own. */
export const test = base.extend<{ project: { backend: Running; network: NetworkProxy } }>({
  project: async ({}, use) => {
    const backend = await startBackend({ empty: true })
    const network = await startProxy(backend.origin)
    await use({ backend, network })
    await removeProfiles()
    await network.close()
    await backend.stop()
  },
})

/** Prints the single-use code, as `npm start -- --empty` does. Null when the project has an administrator. */
export const inviteFirst = (origin: string) =>
  inviteFirstAdmin({ url: origin, secretKey: TEST_KEYS.secretKey }, origin, FIRST_ADMIN)
