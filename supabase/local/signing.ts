/** Runs the function sign with a key of this data folder. This process answers its calls, without the network. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Answer } from '../functions/_shared/answers'
import { objectsAt } from '../functions/_shared/objects'
import { createHandler } from '../functions/sign/handler'
import type { SigningKeys } from '../functions/sign/keys'
import { PUBLISHABLE_KEY, type SecretKeys } from './keys'

type Serve = (request: Request) => Promise<Response>

/**
 * `folder` keeps the private key, readable by its owner only. The first call makes it. `address` is where this backend answers;
 * while it is null no file is written.
 */
export const createSigning = (
  rest: Serve,
  { secretKey, jobsSecret }: SecretKeys,
  folder: string,
  address: () => string | null,
): Serve =>
  createHandler({
    keys: keysIn(path.join(folder, 'signing-keys.json')),
    callerSecret: jobsSecret,
    read: (name, args, authorization) => post(rest, name, args, { apikey: PUBLISHABLE_KEY, authorization }),
    asService: (name, args) => post(rest, name, args, { apikey: secretKey }),
    objects: {
      put: async (...args) => {
        const url = address()
        if (url === null) throw new Error('Nobody can reach this backend yet')
        await objectsAt(url, secretKey).put(...args)
      },
    },
  })

function keysIn(file: string): SigningKeys {
  if (!existsSync(file)) {
    const keys = { [new Date().toISOString().slice(0, 10)]: randomBytes(32).toString('hex') }
    writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}

async function post(
  serve: Serve,
  name: string,
  body: object,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await serve(
    new Request(`http://localhost/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )
  return { status: response.status, body: await response.json() }
}
