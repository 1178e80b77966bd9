/**
 * The storage of the embedded backend, with buckets and policies of its own: the answers observed on the hosted
 * storage API. The rules of the app's own buckets are tested in storage.test.ts.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, statSync, writeFileSync, readFileSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import * as tus from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withClient } from '../../supabase/local/database'
import { DEMO_STAFF, PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { type Backend, createBackend, listen, type Listening } from '../../supabase/local/server'
import { giveKeys, TEST_KEYS } from '../support/keys'

let folder: string
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

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'convoca-storage-'))
  giveKeys(folder)
  chmodSync(folder, 0o755) // root starts Postgres under another account
  backend = await createBackend({ folder, durable: false, say: (line) => console.warn(line) })
  listening = await listen(backend, 0)
  await sql(SETUP)
})
afterAll(async () => {
  await listening.close()
  await backend.close()
})

const sql = (text: string, values?: unknown[]) =>
  withClient(backend.databaseUrl, async (client) => (await client.query(text, values)).rows)

const NoSocket = function () {} as never
const clientWith = (key: string): SupabaseClient =>
  createClient(listening.address, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: NoSocket },
  })
const anonymous = () => clientWith(PUBLISHABLE_KEY).storage
const service = () => clientWith(TEST_KEYS.secretKey).storage
async function staff() {
  const client = clientWith(PUBLISHABLE_KEY)
  const { error } = await client.auth.signInWithPassword(DEMO_STAFF)
  if (error) throw error
  return client.storage
}

/** Adds a name that the policy accepts. */
async function expectedName(name: string = randomUUID()): Promise<string> {
  await sql('insert into app.tried values ($1, true)', [name])
  return name
}
const close = (name: string) => sql('update app.tried set open = false where name = $1', [name])

const TUS = { apikey: PUBLISHABLE_KEY, 'tus-resumable': '1.0.0' }
const at = (where: string) => `${listening.address}/storage/v1${where}`
const encoded = (metadata: Record<string, string>) =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

const create = (
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
const patch = (url: string, offset: number, body: string | Buffer) =>
  fetch(url, {
    method: 'PATCH',
    headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
const created = async (name: string, size = 10) => (await create(name, { size })).headers.get('location')!

describe('resumable uploads', () => {
  test('an upload continues in another client at the offset of the first, which names the method of its chunks in a header', async () => {
    const name = await expectedName()
    const bytes = randomBytes(13 * 1024 * 1024)
    const options = (): tus.UploadOptions => ({
      endpoint: at('/upload/resumable'),
      headers: { apikey: PUBLISHABLE_KEY },
      chunkSize: 6 * 1024 * 1024,
      metadata: { bucketName: 'tried', objectName: name, contentType: 'video/mp4', cacheControl: '3600' },
    })
    const url = await new Promise<string>((done, failed) => {
      const first = new tus.Upload(bytes, {
        ...options(),
        onError: failed,
        onChunkComplete: () => {
          void first.abort()
          done(first.url!)
        },
      })
      first.start()
    })
    expect(await sql('select 1 from storage.objects where name = $1', [name])).toEqual([])
    const sent: number[] = []
    await new Promise<void>((done, failed) =>
      new tus.Upload(bytes, {
        ...options(),
        uploadUrl: url,
        overridePatchMethod: true, // POST with X-HTTP-Method-Override
        onError: failed,
        onSuccess: () => done(),
        onChunkComplete: (size) => sent.push(size),
      }).start(),
    )
    expect(sent).toEqual([6 * 1024 * 1024, 1024 * 1024])
    const [row] = await sql('select metadata, version, owner_id from storage.objects where name = $1', [name])
    expect(row).toMatchObject({
      metadata: {
        size: bytes.length,
        contentLength: bytes.length,
        mimetype: 'video/mp4',
        cacheControl: 'max-age=3600',
      },
      owner_id: null,
    })
    const { data } = await service().from('tried').download(name)
    expect(Buffer.from(await data!.arrayBuffer()).equals(bytes)).toBe(true)
  })

  test('HEAD returns the offset to any caller, and the browser can read it', async () => {
    const url = await created(await expectedName())
    expect((await patch(url, 0, 'abcd')).headers.get('upload-offset')).toBe('4')
    const head = await fetch(url, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })
    expect(head.status).toBe(200)
    expect(head.headers.get('upload-offset')).toBe('4')
    expect(head.headers.get('access-control-expose-headers')).toMatch(/Upload-Offset.*Upload-Expires/)
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: { 'access-control-request-headers': 'apikey,tus-resumable,upload-offset' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('upload-offset')
  })

  test('an upload with an unexpected name, x-upsert, too many bytes or no length is answered with 403', async () => {
    expect((await create(randomUUID())).status).toBe(403)
    expect((await create(await expectedName(), { 'x-upsert': 'true' })).status).toBe(403)
    expect((await create(await expectedName(), { size: 16_777_217 })).status).toBe(403)
    const noLength = await fetch(at('/upload/resumable'), {
      method: 'POST',
      headers: {
        ...TUS,
        'upload-defer-length': '1',
        'upload-metadata': encoded({
          bucketName: 'tried',
          objectName: await expectedName(),
          contentType: 'video/mp4',
        }),
      },
    })
    expect(noLength.status).toBe(403)
  })

  test('an upload over the bucket’s limit, of another type, without a bucket or without a key is answered with 413, 415, 404 or 401', async () => {
    expect((await create(await expectedName(), { size: 20_971_521 })).status).toBe(413)
    expect((await create(await expectedName(), { type: 'video/mp4;codecs=avc1' })).status).toBe(415)
    const metadata = encoded({ bucketName: 'none', objectName: 'x' })
    expect((await create('x', { 'upload-metadata': metadata })).status).toBe(404)
    expect((await create(await expectedName(), { apikey: 'sb_publishable_wrong' })).status).toBe(401)
  })

  test('a wrong offset and a taken name are answered with 409, and a closed name with 403', async () => {
    const name = await expectedName()
    const url = await created(name)
    expect((await patch(url, 3, 'abc')).status).toBe(409)
    expect((await patch(url, 0, '0123456789')).status).toBe(204)
    expect((await create(name)).status).toBe(409)
    await close(name)
    expect((await create(name)).status).toBe(403)
  })

  test('the policy is checked again at each chunk: a name closed meanwhile is answered with 403 and leaves no object', async () => {
    const name = await expectedName()
    const url = await created(name)
    expect((await patch(url, 0, '01234')).status).toBe(204)
    await close(name)
    expect((await patch(url, 5, '56789')).status).toBe(403)
    expect(await sql('select 1 from storage.objects where name = $1', [name])).toEqual([])
  })

  test('of two uploads of one name, only the first to finish is kept', async () => {
    const name = await expectedName()
    const [first, second] = [await created(name), await created(name)]
    const chunk = () =>
      new Promise<(end: string) => Promise<number>>((begun) => {
        const request = http.request(second, {
          method: 'PATCH',
          headers: {
            ...TUS,
            'upload-offset': 0,
            'content-type': 'application/offset+octet-stream',
            'content-length': 10,
          },
        })
        request.write('swap', () =>
          begun(
            (end) =>
              new Promise((answered) => {
                request.once('response', (response) => answered(response.resume().statusCode ?? 0)).end(end)
              }),
          ),
        )
      })
    const finish = await chunk()
    await new Promise((done) => setTimeout(done, 200)) // wait until the policy has accepted the chunk, while the name is free
    expect((await patch(first, 0, 'the first!')).status).toBe(204)
    expect(await finish('ped it')).toBe(403)
    const { data } = await service().from('tried').download(name)
    expect(await data!.text()).toBe('the first!')
  })

  test('forty uploads of one name take the space of one: whichever receives bytes ends the others that did', async () => {
    const name = await expectedName()
    const folderOfParts = path.join(folder, 'storage', 'parts')
    const space = () =>
      readdirSync(folderOfParts)
        .filter((file) => !file.endsWith('.json'))
        .reduce((sum, file) => sum + statSync(path.join(folderOfParts, file)).size, 0)
    const before = space()
    const urls = await Promise.all(Array.from({ length: 40 }, () => created(name, 1000)))
    for (const url of urls) expect((await patch(url, 0, 'x'.repeat(900))).status).toBe(204)
    expect(space() - before).toBe(900)
    for (const url of urls.slice(0, -1)) expect((await patch(url, 900, 'x')).status).toBe(410)
    expect((await patch(urls.at(-1)!, 900, 'x'.repeat(100))).status).toBe(204)
  })

  test('a second chunk sent during the first ends the first at its offset and is answered with 409', async () => {
    const url = await created(await expectedName())
    const request = http.request(url, {
      method: 'PATCH',
      headers: {
        ...TUS,
        'upload-offset': 0,
        'content-type': 'application/offset+octet-stream',
        'content-length': 10,
      },
    })
    const first = new Promise<http.IncomingMessage>((done) => request.once('response', done))
    request.on('error', () => undefined) // the server closes the interrupted request
    request.write('01234')
    await new Promise((done) => setTimeout(done, 200))
    const second = await patch(url, 0, '0123456789')
    const { statusCode, headers } = await first
    request.destroy()
    expect([statusCode, headers['upload-offset'], second.status]).toEqual([204, '5', 409])
    expect((await patch(url, 5, '56789')).status).toBe(204)
  })

  test('an expired upload address is answered with 410', async () => {
    const url = await created(await expectedName())
    const version = Buffer.from(url.split('/').at(-1)!, 'base64url').toString().split('/').at(-1)!
    const file = path.join(folder, 'storage', 'parts', `${version}.json`)
    const upload = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...upload, creation_date: '2026-01-01T00:00:00Z' }))
    const head = () => fetch(url, { method: 'HEAD', headers: TUS })
    expect((await head()).status).toBe(410)
    expect((await patch(url, 0, 'abc')).status).toBe(410)
  })

  test('an invalid upload address is answered with 404', async () => {
    expect((await patch(at('/upload/resumable/..%2f..%2fpassword'), 0, 'abc')).status).toBe(404)
    expect((await patch(at('/upload/resumable/cGFzc3dvcmQ'), 0, 'abc')).status).toBe(404)
  })
})

describe('storage objects', () => {
  test('an object can be uploaded raw or as a form with its metadata, within the bucket’s limit and types', async () => {
    const bucket = service().from('shown')
    const raw = await bucket.upload('a/raw.txt', 'raw bytes', {
      contentType: 'text/plain',
      cacheControl: '60',
    })
    expect(raw).toMatchObject({ error: null, data: { path: 'a/raw.txt', fullPath: 'shown/a/raw.txt' } })
    const blob = new Blob([randomBytes(300_000)], { type: 'image/jpeg' })
    const form = await bucket.upload('a/form.jpg', blob, { metadata: { made: 'here' } })
    expect(form.error).toBeNull()
    const [row] = await sql(`select metadata, user_metadata from storage.objects where name = 'a/form.jpg'`)
    expect(row).toMatchObject({
      metadata: { size: 300_000, mimetype: 'image/jpeg', cacheControl: 'max-age=3600' },
      user_metadata: { made: 'here' },
    })
    expect((await bucket.upload('a/raw.txt', 'again')).error).toMatchObject({ statusCode: '409' })
    expect((await bucket.upload('a/raw.txt', 'again', { upsert: true })).error).toBeNull()
    const large = await service()
      .from('tried')
      .upload('large', new Blob([new Uint8Array(20_971_521)], { type: 'video/mp4' }))
    expect(large.error).toMatchObject({ statusCode: '413' })
    const wrong = await service().from('tried').upload('wrong', 'x', { contentType: 'text/html' })
    expect(wrong.error).toMatchObject({ statusCode: '415' })
    expect((await bucket.list('a')).data?.map(({ name }) => name)).toEqual(['form.jpg', 'raw.txt'])
    expect((await bucket.list()).data).toMatchObject([{ name: 'a', id: null }])
  })

  test('an anonymous person can upload only resumably or with a signed token for that name', async () => {
    const name = await expectedName()
    const bucket = anonymous().from('tried')
    const file = { contentType: 'video/mp4' }
    expect((await bucket.upload(name, 'abc', file)).error).toMatchObject({ statusCode: '403' })
    expect((await bucket.createSignedUploadUrl(name)).error).toMatchObject({ statusCode: '403' })
    const { data } = await service().from('tried').createSignedUploadUrl(name)
    expect((await bucket.uploadToSignedUrl('other', data!.token, 'abc', file)).error).not.toBeNull()
    expect((await bucket.uploadToSignedUrl(name, data!.token, 'abc', file)).error).toBeNull()
  })

  test('an object can be read by permitted roles or by a signed address with ranges, and is unknown to everybody else', async () => {
    await service().from('tried').upload('seen.mp4', '0123456789', { contentType: 'video/mp4' })
    expect((await anonymous().from('tried').download('seen.mp4')).error).not.toBeNull()
    const stranger = await fetch(at('/object/tried/seen.mp4'), { headers: { apikey: PUBLISHABLE_KEY } })
    expect(await stranger.json()).toMatchObject({ statusCode: '404', error: 'not_found' })
    expect((await fetch(at('/object/public/tried/seen.mp4'))).status).toBe(400)
    expect((await anonymous().from('tried').createSignedUrl('seen.mp4', 60)).error).toMatchObject({
      statusCode: '404',
    })
    const { data } = await (await staff()).from('tried').createSignedUrl('seen.mp4', 60)
    const read = (range?: string, method = 'GET') =>
      fetch(data!.signedUrl, { method, headers: range ? { range, 'if-range': '"old"' } : {} })
    const whole = await read()
    expect(whole.headers.get('content-type')).toBe('video/mp4')
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
    expect(whole.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/)
    expect(await whole.text()).toBe('0123456789')
    const part = await read('bytes=2-4')
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ])
    expect(await (await read('bytes=-3')).text()).toBe('789')
    expect(await (await read('bytes=8-99')).text()).toBe('89')
    expect((await read('bytes=10-')).status).toBe(416)
    expect((await read('bytes=0-1,4-5')).status).toBe(416)
    expect((await read('lines=1-2')).status).toBe(200)
    const head = await read(undefined, 'HEAD')
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', ''])
    const forged = data!.signedUrl.replace('seen.mp4', 'other.mp4')
    expect(await (await fetch(forged)).json()).toMatchObject({ statusCode: '400' })
  })

  test('an object can be copied into the public bucket, and a permitted role deletes it with its bytes', async () => {
    const files = () => readdirSync(path.join(folder, 'storage', 'objects')).length
    await service().from('tried').upload('original', 'the original', { contentType: 'video/mp4' })
    const before = files()
    const copied = await service()
      .from('tried')
      .copy('original', 'public.mp4', { destinationBucket: 'shown' })
    expect(copied).toEqual({ data: { path: 'shown/public.mp4' }, error: null })
    expect(files()).toBe(before + 1)
    const open = await fetch(at('/object/public/shown/public.mp4'), { headers: { range: 'bytes=4-' } })
    expect(await open.text()).toBe('original')
    expect(await (await staff()).from('tried').remove(['original'])).toEqual({ data: [], error: null })
    const gone = await service().from('shown').remove(['public.mp4', 'never.mp4'])
    expect(gone.data).toMatchObject([{ name: 'public.mp4', bucket_id: 'shown' }])
    expect(files()).toBe(before)
  })

  test('SQL can neither delete an object nor alter the table of objects', async () => {
    await expect(sql('delete from storage.objects')).rejects.toThrow('Use the Storage API instead')
    await expect(sql('alter table storage.objects enable row level security')).rejects.toThrow(
      'must be owner',
    )
  })
})
