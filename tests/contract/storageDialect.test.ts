/**
 * The storage API with buckets and policies of its own. The embedded storage answers as Supabase's does: `npm run
 * test:storage` runs these tests against that one. The rules of the app's own buckets are tested in storage.test.ts.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import http from 'node:http'
import { PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { createTokens } from '../../supabase/local/tokens'
import * as tus from 'tus-js-client'
import { describe, expect, test } from 'vitest'
import { TEST_KEYS } from '../support/keys'
import {
  anonymous,
  at,
  close,
  create,
  created,
  encoded,
  expectedName,
  patch,
  service,
  sql,
  staff,
  TUS,
  useTriedBackend,
} from './triedStorage'

useTriedBackend()

const EXPIRED = {
  statusCode: '403',
  error: 'Unauthorized',
  message: '"exp" claim timestamp check failed',
}
const expiredToken = () =>
  createTokens(TEST_KEYS).sign({ role: 'authenticated', sub: randomUUID(), exp: 1_700_000_000 })

describe('resumable uploads', () => {
  test('an upload continues in another client at the offset of the first', async () => {
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

  test('HEAD returns the offset to any caller with a key, and a page of another origin can read what the app needs', async () => {
    const url = await created(await expectedName())
    expect((await patch(url, 0, 'abcd')).headers.get('upload-offset')).toBe('4')
    const head = await fetch(url, { method: 'HEAD', headers: TUS })
    expect(head.status).toBe(200)
    expect(head.headers.get('upload-offset')).toBe('4')
    const refused = await create(randomUUID())
    for (const name of ['Location', 'Tus-Resumable', 'Upload-Length', 'Upload-Offset'])
      for (const { headers } of [head, refused])
        expect(headers.get('access-control-expose-headers')?.split(', ')).toContain(name)
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

  test('an upload over the bucket’s limit, without a bucket or with a wrong key is answered with 413, 404 or 401, and one of another type by its policy', async () => {
    expect((await create(await expectedName(), { size: 20_971_521 })).status).toBe(413)
    expect((await create(await expectedName(), { type: 'video/mp4;codecs=avc1' })).status).toBe(403)
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

  test('an invalid upload address is answered with 400 or 404', async () => {
    for (const address of ['..%2f..%2fpassword', 'cGFzc3dvcmQ'])
      expect([400, 404]).toContain((await patch(at(`/upload/resumable/${address}`), 0, 'abc')).status)
  })

  test('an upload with an expired token is answered with 400 and without the header of tus', async () => {
    const headers = { authorization: `Bearer ${await expiredToken()}` }
    const url = await created(await expectedName())
    const answers = [
      await create(await expectedName(), headers),
      await fetch(url, { method: 'HEAD', headers: { ...TUS, ...headers } }),
    ]
    for (const answer of answers)
      expect([answer.status, answer.headers.get('tus-resumable')]).toEqual([400, null])
    expect(await answers[0]!.json()).toMatchObject(EXPIRED)
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
    const head = await read(undefined, 'HEAD')
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', ''])
    const forged = data!.signedUrl.replace('seen.mp4', 'other.mp4')
    expect(await (await fetch(forged)).json()).toMatchObject({ statusCode: '400' })
  })

  test('an expired token is answered with 400 and a body that says 403', async () => {
    const answer = await fetch(at('/object/sign/tried/seen.mp4'), {
      method: 'POST',
      headers: {
        apikey: PUBLISHABLE_KEY,
        authorization: `Bearer ${await expiredToken()}`,
        'content-type': 'application/json',
      },
      body: '{"expiresIn":60}',
    })
    expect([answer.status, await answer.json()]).toMatchObject([400, EXPIRED])
  })

  test('an object can be copied into the public bucket, and a permitted role deletes it with its bytes', async () => {
    await service().from('tried').upload('original', 'the original', { contentType: 'video/mp4' })
    const copied = await service()
      .from('tried')
      .copy('original', 'public.mp4', { destinationBucket: 'shown' })
    expect(copied).toEqual({ data: { path: 'shown/public.mp4' }, error: null })
    const open = await fetch(at('/object/public/shown/public.mp4'), { headers: { range: 'bytes=4-' } })
    expect(await open.text()).toBe('original')
    expect(await (await staff()).from('tried').remove(['original'])).toEqual({ data: [], error: null })
    const gone = await service().from('shown').remove(['public.mp4', 'never.mp4'])
    expect(gone.data).toMatchObject([{ name: 'public.mp4', bucket_id: 'shown' }])
  })

  test('SQL can neither delete an object nor alter the table of objects', async () => {
    await expect(sql('delete from storage.objects')).rejects.toThrow('Use the Storage API instead')
    await expect(sql('alter table storage.objects enable row level security')).rejects.toThrow(
      'must be owner',
    )
  })
})
