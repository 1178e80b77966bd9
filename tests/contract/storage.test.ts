/**
 * The files of a video: its upload by a phone without an account, its review, its publication and its removal.
 */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { anonymous, call, type Client, service, signedIn, target } from './clients'
import { bareMp4 } from '../media/bareMp4'
import * as vx from './videos'

const KIB = 1024
const intake = (client: Client) => client.storage.from('videos-intake')

/** Runs the media jobs, as a schedule would. */
async function runJobs(): Promise<void> {
  const { ok } = await call('/functions/v1/verify-media', {
    method: 'POST',
    headers: secretHeader(target().jobsSecret),
  })
  expect(ok).toBe(true)
}

/** Uploads and attaches a video. */
async function uploadVideo(size = 40 * KIB): Promise<vx.SentVideo> {
  const video = await vx.announce(bareMp4(size))
  await vx.upload(video)
  await vx.attach(video)
  return video
}

/**
 * Runs the media jobs until `see` returns the expected value. The embedded backend's own timer may hold a job.
 */
async function untilJobsDid(see: () => Promise<unknown>, expected: object): Promise<void> {
  const jobsThenSee = async () => {
    await runJobs()
    return await see()
  }
  await expect.poll(jobsThenSee, { timeout: 20_000, interval: 200 }).toMatchObject(expected)
}
const copyOf = async (staff: Client, video: vx.SentVideo) => (await vx.itemOf(staff, video)).content.rendition
const mediaOf = async (staff: Client, video: vx.SentVideo) => (await vx.itemOf(staff, video)).content.media

/** The video in the public gallery, or undefined. */
async function inGallery({ convocatoria, row }: vx.SentVideo) {
  const { data } = await anonymous().rpc('published_videos', { p_convocatoria: convocatoria })
  const { items } = data as unknown as {
    items: { folio: string; object: string; poster: string; captions: string }[]
  }
  return items.find(({ folio }) => folio === row.folio)
}

describe('uploading a video', () => {
  test('a video arrives in chunks, and another client continues at its offset', async () => {
    const video = await vx.announce(bareMp4(vx.CHUNK + 100 * KIB))
    const first = await vx.upload(video, { chunks: 1 })
    const head = await fetch(first.url, { method: 'HEAD', headers: vx.tusHeaders() })
    expect([head.status, head.headers.get('upload-offset')]).toEqual([200, String(vx.CHUNK)])
    expect((await vx.upload(video, { from: first.url })).sent).toEqual([100 * KIB])
    expect(await vx.attach(video)).toMatchObject({ content: { media: { status: 'attached' } } })
  })

  test('storage accepts only the file that a video announced', async () => {
    expect((await vx.create(randomUUID(), 1000)).status).toBe(403)
    const video = await vx.announce(bareMp4(KIB))
    expect((await vx.create(video.media, 2 * KIB)).status).toBe(403)
    expect((await vx.create(video.media, KIB, vx.VIDEO, { 'x-upsert': 'true' })).status).toBe(403)
    expect((await vx.create(video.media, KIB, 'text/html')).status).toBe(403)
    expect((await vx.create(video.media, 400 * KIB * KIB)).status).toBe(413)
  })

  test('a wrong offset and a second upload are answered with 409, and an upload of an attached file with 403', async () => {
    const video = await vx.announce(bareMp4(10 * KIB))
    const url = (await vx.create(video.media, 10 * KIB)).headers.get('location')!
    const late = (await vx.create(video.media, 10 * KIB)).headers.get('location')!
    expect((await vx.patch(url, 5, video.bytes)).status).toBe(409)
    expect((await vx.patch(url, 0, video.bytes)).status).toBe(204)
    expect((await vx.create(video.media, 10 * KIB)).status).toBe(409)
    await vx.attach(video)
    expect((await vx.create(video.media, 10 * KIB)).status).toBe(403)
    expect((await vx.patch(late, 0, video.bytes)).status).toBe(403)
  })

  test('an anonymous person can upload neither in one request, nor with a signed token, nor into the public bucket', async () => {
    const video = await vx.announce(bareMp4(KIB))
    const body = new Blob([new Uint8Array(video.bytes)], { type: vx.VIDEO })
    expect((await intake(anonymous()).upload(video.media, body)).error).toMatchObject({ statusCode: '403' })
    expect((await intake(anonymous()).createSignedUploadUrl(video.media)).error).toMatchObject({
      statusCode: '403',
    })
    const open = anonymous().storage.from('videos-public')
    expect((await open.upload('mine.mp4', body)).error).toMatchObject({ statusCode: '403' })
  })
})

describe('a file under review', () => {
  test('staff can watch a file through a signed address with ranges, and nobody else can read it', async () => {
    const video = await uploadVideo()
    expect((await intake(anonymous()).download(video.media)).error).not.toBeNull()
    expect((await intake(anonymous()).createSignedUrl(video.media, 60)).data).toBeNull()
    expect((await intake(anonymous()).list()).data ?? []).toEqual([])
    const { data } = await (
      await signedIn()
    ).functions.invoke('open-file', {
      body: { bucket: 'videos-intake', name: video.media },
    })
    const part = await fetch(target().url + data.path, { headers: { range: 'bytes=100-199' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${video.bytes.length}`)
    expect(part.headers.get('content-type')).toBe(vx.VIDEO)
    expect(Buffer.from(await part.arrayBuffer()).equals(video.bytes.subarray(100, 200))).toBe(true)
  })

  test('the server decides how long an address lives, and no member signs one or reads a file with their own token', async () => {
    const { media } = await uploadVideo()
    const client = await signedIn()
    const asked = {
      bucket: 'videos-intake',
      name: media,
      expiresIn: 31_536_000,
      seconds: 31_536_000,
    } as never
    const { data } = await client.functions.invoke('open-file', { body: asked })
    const claims = data.path.split('token=')[1].split('.')[1]
    const { exp, iat } = JSON.parse(String(Buffer.from(claims, 'base64url'))) as { exp: number; iat: number }
    expect(exp - iat).toBe(300)
    expect((await intake(client).createSignedUrl(media, 60)).data).toBeNull()
    expect((await intake(client).createSignedUrls([media], 60)).data?.[0]?.signedUrl ?? null).toBeNull()
    expect((await intake(client).download(media)).data).toBeNull()
  })

  test('whoever signed out, may not read it, or names another place gets no address', async () => {
    const { media } = await uploadVideo()
    const open = async (token: string | null, body: object) => {
      const headers = token === null ? {} : { authorization: `Bearer ${token}` }
      const response = await call('/functions/v1/open-file', {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      const { message, path } = (await response.json()) as { message?: string; path?: string }
      return [response.status, path ? 'opened' : message]
    }
    const own = { bucket: 'videos-intake', name: media }
    const client = await signedIn()
    const token = (await client.auth.getSession()).data.session!.access_token
    expect(await open(token, own)).toEqual([200, 'opened'])
    expect(await open(token, { ...own, name: randomUUID() })).toEqual([403, 'not_allowed'])
    expect(await open(token, { ...own, name: `../videos-intake/${media}` })).toEqual([403, 'not_allowed'])
    expect(await open(token, { ...own, bucket: 'videos-public' })).toEqual([403, 'not_allowed'])
    expect(await open(token, { ...own, bucket: { a: 1 } })).toEqual([400, 'malformed_op'])
    expect((await open(null, own))[0]).toBe(401)
    expect((await open('no.such.token', own))[0]).toBe(401)
    await client.auth.signOut()
    expect((await open(token, own))[0]).toBe(401)
  })

  test('the author opens their own file with folio and secret, and nobody else does', async () => {
    const video = await uploadVideo()
    const open = async (body: object) => {
      const response = await call('/functions/v1/open-file', { method: 'POST', body: JSON.stringify(body) })
      return (await response.json()) as { message?: string; path?: string }
    }
    const own = { folio: video.row.folio, secret: video.secret }
    const { path } = await open(own)
    const part = await fetch(target().url + path, { headers: { range: 'bytes=0-99' } })
    expect([part.status, part.headers.get('content-type')]).toEqual([206, vx.VIDEO])
    expect(Buffer.from(await part.arrayBuffer()).equals(video.bytes.subarray(0, 100))).toBe(true)
    expect((await open({ ...own, secret: 'x'.repeat(22) })).message).toBe('submission_unknown')
    expect((await open({ ...own, secret: 7 })).message).toBe('malformed_op')
    expect((await open({ guardian: 'x'.repeat(43) })).message).toBe('guardian_link_unknown')
  })

  test('only the service role can delete a file, and the answer names it', async () => {
    const video = await vx.announce(bareMp4(KIB))
    await vx.upload(video)
    expect((await intake(anonymous()).remove([video.media])).data ?? []).toEqual([])
    expect((await intake(await signedIn()).remove([video.media])).data ?? []).toEqual([])
    const { data } = await intake(service()).remove([video.media])
    expect(data).toMatchObject([{ name: video.media }])
  })
})

describe('the function verify-media', () => {
  test('verify-media requires the secret of the schedule', async () => {
    expect((await call('/functions/v1/verify-media', { method: 'POST' })).status).toBe(401)
  })

  test('verify-media verifies a file as announced and marks any other as a mismatch', async () => {
    const staff = await signedIn()
    const video = await uploadVideo()
    const other = await vx.announce(bareMp4(KIB), { sha256: '0'.repeat(64) })
    await vx.upload(other)
    await vx.attach(other)
    await untilJobsDid(() => mediaOf(staff, video), {
      status: 'verified',
      found: { bytes: video.bytes.length, mime: vx.VIDEO },
    })
    await untilJobsDid(() => mediaOf(staff, other), { status: 'mismatch' })
  })

  test('verify-media publishes the prepared copy with its poster and captions, and removes all when the decision is undone', async () => {
    const staff = await signedIn()
    const video = await uploadVideo()
    await untilJobsDid(() => mediaOf(staff, video), { status: 'verified' })
    await vx.decide(staff, video, 'accept')
    const prepared = await vx.prepare(staff, video)
    await untilJobsDid(() => copyOf(staff, video), { status: 'verified' })
    await vx.caption(staff, video, [{ at: 0, to: 1_500, text: 'Hola.' }])
    const published = await vx.decide(staff, video, 'publish')
    await untilJobsDid(() => inGallery(video), { folio: video.row.folio })
    const { object, poster, captions } = (await inGallery(video))!
    const open = (name: string) => fetch(vx.storageAt(`/object/public/videos-public/${name}`))
    const copy = await open(object)
    expect(Buffer.from(await copy.arrayBuffer()).equals(prepared)).toBe(true)
    const vtt = await open(captions)
    expect(vtt.headers.get('content-type')).toMatch(/^text\/vtt/u)
    expect(await vtt.text()).toBe('WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHola.\n')
    expect((await open(poster)).headers.get('content-type')).toBe('image/jpeg')
    expect(object).not.toContain(video.media)
    await vx.undo(staff, video, published)
    expect(await inGallery(video)).toBeUndefined()
    const there = async () =>
      await Promise.all([object, poster, captions].map(async (name) => (await open(name)).ok))
    await untilJobsDid(there, [false, false, false])
    expect((await intake(service()).download(video.media)).error).toBeNull()
  })
})
