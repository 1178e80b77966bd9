/** The bytes of stored objects, one file for each version. No name from outside becomes a path. */
import { chownSync, createWriteStream, mkdirSync } from 'node:fs'
import { copyFile, link, open, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { borrowAccount } from './account'
import { noObject, tooLarge } from './storageErrors'
import type { Span } from './storageRange'

export interface Files {
  /** The folder of unfinished resumable uploads. */
  readonly parts: string
  /** Writes a new version and answers its size. Above the limit it throws and keeps nothing. */
  receive(version: string, source: Readable, limit: number): Promise<number>
  /** Turns a finished upload into a version, without copying it. */
  adopt(version: string, file: string): Promise<void>
  copy(from: string, to: string): Promise<void>
  /** Streams the version or a span of it. */
  read(version: string, span: Span | null): Promise<Readable>
  remove(version: string): Promise<void>
}

/** Creates the folders. Those of a throw-away backend belong to the account that deletes them (see leash.ts). */
export function createFiles(folder: string, durable: boolean): Files {
  const root = path.join(folder, 'storage')
  const objects = path.join(root, 'objects')
  const parts = path.join(root, 'parts')
  const account = durable ? null : borrowAccount()
  for (const made of [root, objects, parts]) {
    mkdirSync(made, { recursive: true, mode: 0o700 })
    if (account) chownSync(made, account.uid, account.gid)
  }
  const at = (version: string) => {
    if (!/^[0-9a-f-]{36}$/.test(version)) throw noObject()
    return path.join(objects, version)
  }
  return {
    parts,
    receive: (version, source, limit) => receive(at(version), source, limit),
    adopt: (version, file) => link(file, at(version)),
    copy: (from, to) => copyFile(at(from), at(to)),
    read: async (version, span) => {
      const handle = await open(at(version)).catch((cause: NodeJS.ErrnoException) => {
        throw cause.code === 'ENOENT' ? noObject() : cause
      })
      return handle.createReadStream(span ?? {})
    },
    remove: (version) => rm(at(version), { force: true }),
  }
}

async function receive(file: string, source: Readable, limit: number): Promise<number> {
  let size = 0
  try {
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length
          if (size > limit) throw tooLarge()
          yield chunk
        }
      },
      createWriteStream(file, { flags: 'wx', mode: 0o600 }),
    )
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  return size
}
