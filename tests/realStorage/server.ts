/** Supabase's storage API as another process, on the embedded Postgres and a folder of files. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { SecretKeys } from '../../supabase/local/keys'
import { freePort } from '../../supabase/local/leash'
import type { Postgres } from '../../supabase/local/postgres'
import type { StorageServer } from '../../supabase/local/storage'
import { createGateway } from './gateway'
import { SERVER } from './source'

const START_MS = 60_000
/** The process ends when its standard input does, and so with the process that started it. Its workers have no part in it. */
const LEASH =
  'data:text/javascript,import{isMainThread}from"node:worker_threads";' +
  'if(isMainThread)process.stdin.on("end",()=>process.exit(0)).resume()'

/**
 * Starts what was built in `source`, with its bytes and its log in `folder`. It makes its schema itself, as on a hosted
 * project. Throws with the end of its log when it does not start.
 */
export async function startRealStorage(
  source: string,
  folder: string,
  postgres: Postgres,
  keys: SecretKeys,
): Promise<StorageServer> {
  const files = path.join(folder, 'storage')
  mkdirSync(files, { recursive: true })
  const port = await freePort()
  const logFile = path.join(folder, 'storage.log')
  const log = openSync(logFile, 'a', 0o600)
  const child = spawn(process.execPath, ['--import', LEASH, SERVER], {
    cwd: source,
    env: { PATH: process.env['PATH'], ...settings(postgres, keys, port, files) },
    stdio: ['pipe', log, log],
  })
  closeSync(log)
  if (!(await isReady(child, port))) {
    child.kill('SIGKILL')
    throw new Error(`The storage API did not start:\n${readFileSync(logFile, 'utf8').slice(-4000)}`)
  }
  return { handle: createGateway(keys, port), close: () => void child.kill('SIGKILL') }
}

const settings = (postgres: Postgres, { jwtSecret }: SecretKeys, port: number, files: string) => ({
  SERVER_HOST: '127.0.0.1',
  SERVER_PORT: String(port),
  REQUEST_ALLOW_X_FORWARDED_PATH: 'true',
  AUTH_JWT_SECRET: jwtSecret,
  DATABASE_URL: postgres.url('supabase_storage_admin'),
  DB_INSTALL_ROLES: 'false',
  STORAGE_BACKEND: 'file',
  STORAGE_FILE_BACKEND_PATH: files,
  STORAGE_S3_BUCKET: 'objects', // a folder of `files`
  STORAGE_S3_REGION: 'local',
  UPLOAD_FILE_SIZE_LIMIT: '524288000',
  UPLOAD_FILE_SIZE_LIMIT_STANDARD: '52428800',
  TUS_URL_EXPIRY_MS: '86400000',
  IMAGE_TRANSFORMATION_ENABLED: 'false',
  PG_QUEUE_ENABLE: 'false',
  LOG_LEVEL: 'warn',
})

/** Waits until it answers. False when it ended or took too long. */
async function isReady(child: ChildProcess, port: number): Promise<boolean> {
  for (const end = Date.now() + START_MS; Date.now() < end; await wait(200)) {
    if (child.exitCode !== null) return false
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null)
    if (answer?.ok) return true
  }
  return false
}
