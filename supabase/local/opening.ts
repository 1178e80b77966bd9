/** Runs the function open-file in this process, which reaches database and storage over this backend's address. */
import { createHandler } from '../functions/open-file/handler'
import { PUBLISHABLE_KEY } from './keys'

/** `address` is where this backend answers, or null before it does. */
export const createOpening = (secretKey: string, address: () => string | null) =>
  createHandler(() => {
    const url = address()
    return url === null ? null : { url, secretKey, publishableKey: PUBLISHABLE_KEY }
  })
