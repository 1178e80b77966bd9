/** A backend with buckets and policies made for trying its storage, and calls as a phone sends them. */
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll } from 'vitest'
import { withClient } from '../../supabase/local/database'
import { DEMO_STAFF, PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { type Backend, createBackend, listen, type Listening } from '../../supabase/local/server'
import { giveKeys, TEST_KEYS } from '../support/keys'
import { storageApi } from './storageApi'

/** The data folder of the backend. */
export let folder: string
let backend: Backend
let listening: Listening

const SETUP = `
  insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
    ('tried', 'tried', false, 20971520, array['video/mp4', 'video/webm']), ('shown', 'shown', true, null, null);
  create table app.tried (name text primary key, open boolean not null);
  create function app.tried_open(p_name text) returns boolean language sql stable security definer set search_path = ''
    as 'select exists (select from app.tried t where t.name = p_name and t.open)';
  grant execute on function app.tried_open(text) to anon;
  create policy "tried: awaited names" on storage.objects for insert to anon with check (
    bucket_id = 'tried' and app.tried_open(name) and (metadata ->> 'contentLength')::bigint <= 16777216
    and metadata ->> 'mimetype' = any (array['video/mp4', 'video/webm'])
    and storage.allow_any_operation(array['storage.tus.upload.create', 'storage.tus.upload.part']));
  create policy "tried: staff look" on storage.objects for select to authenticated using (bucket_id = 'tried');
  create function app.guard_tried() returns trigger language plpgsql security definer set search_path = '' as $$
  begin
    if new.bucket_id = 'tried' and (tg_op = 'UPDATE' and new.version is distinct from old.version
      or tg_op = 'INSERT' and new.name like 'only/%' and not app.tried_open(new.name)) then
      raise exception 'upload closed' using errcode = '42501';
    end if;
    return new;
  end $$;
  create trigger guard_tried before insert or update on storage.objects
    for each row execute function app.guard_tried();`

/** Starts the backend before the tests of the file, and stops it after them. */
export function useTriedBackend(): void {
  beforeAll(begin)
  afterAll(async () => {
    await listening.close()
    await backend.close()
  })
}

async function begin(): Promise<void> {
  folder = mkdtempSync(path.join(os.tmpdir(), 'convoca-storage-'))
  giveKeys(folder)
  chmodSync(folder, 0o755) // root starts Postgres under another account
  backend = await createBackend({
    folder,
    durable: false,
    say: (line) => console.warn(line),
    ...storageApi(folder),
  })
  listening = await listen(backend, 0)
  await sql(SETUP)
}

export const sql = (text: string, values?: unknown[]) =>
  withClient(backend.databaseUrl, async (client) => (await client.query(text, values)).rows)

const NoSocket = function () {} as never
const clientWith = (key: string): SupabaseClient =>
  createClient(listening.address, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: NoSocket },
  })
export const anonymous = () => clientWith(PUBLISHABLE_KEY).storage
export const service = () => clientWith(TEST_KEYS.secretKey).storage
export async function staff() {
  const client = clientWith(PUBLISHABLE_KEY)
  const { error } = await client.auth.signInWithPassword(DEMO_STAFF)
  if (error) throw error
  return client.storage
}

/** Adds a name that the policy accepts. */
export async function expectedName(name: string = randomUUID()): Promise<string> {
  await sql('insert into app.tried values ($1, true)', [name])
  return name
}
export const close = (name: string) => sql('update app.tried set open = false where name = $1', [name])

export const TUS = { apikey: PUBLISHABLE_KEY, 'tus-resumable': '1.0.0' }
export const at = (where: string) => `${listening.address}/storage/v1${where}`
export const encoded = (metadata: Record<string, string>) =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

export const create = (
  name: string,
  {
    size = 10,
    type = 'video/mp4',
    ...headers
  }: { size?: number; type?: string; [header: string]: unknown } = {},
) =>
  fetch(at('/upload/resumable'), {
    method: 'POST',
    headers: {
      ...TUS,
      'upload-length': String(size),
      'upload-metadata': encoded({ bucketName: 'tried', objectName: name, contentType: type }),
      ...(headers as Record<string, string>),
    },
  })
export const patch = (url: string, offset: number, body: string | Buffer) =>
  fetch(url, {
    method: 'PATCH',
    headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
export const created = async (name: string, size = 10) =>
  (await create(name, { size })).headers.get('location')!
