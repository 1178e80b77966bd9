/** The files of videos, from a phone without an account to everybody's screen and back out. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { anonymous, call, type Client, service, signedIn, target } from './clients'
import * as vx from './videos'

const KIB = 1024
const intake = (client: Client) => client.storage.from('videos-intake')

/** Runs what waits for the function, as a schedule would. */
async function runJobs(): Promise<void> {
  const { ok } = await call('/functions/v1/verify-media', { method: 'POST', key: target().secretKey })
  expect(ok).toBe(true)
}

/** A video that arrived whole, and whose phone said so. */
async function arrived(size = 40 * KIB): Promise<vx.SentVideo> {
  const video = await vx.announce(vx.filmed(size))
  await vx.upload(video)
  await vx.attach(video)
  return video
}

/** Runs the function until this is seen: a round of the embedded backend may hold the job meanwhile. */
async function untilJobsDid(see: () => Promise<unknown>, expected: object): Promise<void> {
  const jobsThenSee = async () => {
    await runJobs()
    return await see()
  }
  await expect.poll(jobsThenSee, { timeout: 20_000, interval: 200 }).toMatchObject(expected)
}
const mediaOf = async (staff: Client, video: vx.SentVideo) => (await vx.itemOf(staff, video)).content.media

/** As everybody sees it, or undefined. */
async function shown({ convocatoria, row }: vx.SentVideo) {
  const { data } = await anonymous().rpc('published_videos', { p_convocatoria: convocatoria })
  const { items } = data as unknown as { items: { folio: string; object: string; poster: string }[] }
  return items.find(({ folio }) => folio === row.folio)
}

describe('bytes of a video', () => {
  test('arrive in chunks, and another client goes on where one stopped', async () => {
    const video = await vx.announce(vx.filmed(vx.CHUNK + 100 * KIB))
    const first = await vx.upload(video, { chunks: 1 })
    const head = await fetch(first.url, { method: 'HEAD', headers: vx.tusHeaders() })
    expect([head.status, head.headers.get('upload-offset')]).toEqual([200, String(vx.CHUNK)])
    expect((await vx.upload(video, { from: first.url })).sent).toEqual([100 * KIB])
    expect(await vx.attach(video)).toMatchObject({ content: { media: { status: 'attached' } } })
  })

  test('are taken only for a video that awaits exactly them', async () => {
    expect((await vx.create(randomUUID(), 1000)).status).toBe(403)
    const video = await vx.announce(vx.filmed(KIB))
    expect((await vx.create(video.media, 2 * KIB)).status).toBe(403)
    expect((await vx.create(video.media, KIB, vx.VIDEO, { 'x-upsert': 'true' })).status).toBe(403)
    expect((await vx.create(video.media, KIB, 'text/html')).status).toBe(415)
    expect((await vx.create(video.media, 400 * KIB * KIB)).status).toBe(413)
  })

  test('a wrong offset is 409; so is a second upload of the name, and 403 once it is attached', async () => {
    const video = await vx.announce(vx.filmed(10 * KIB))
    const url = (await vx.create(video.media, 10 * KIB)).headers.get('location')!
    const late = (await vx.create(video.media, 10 * KIB)).headers.get('location')!
    expect((await vx.patch(url, 5, video.bytes)).status).toBe(409)
    expect((await vx.patch(url, 0, video.bytes)).status).toBe(204)
    expect((await vx.create(video.media, 10 * KIB)).status).toBe(409)
    await vx.attach(video)
    expect((await vx.create(video.media, 10 * KIB)).status).toBe(403)
    expect((await vx.patch(late, 0, video.bytes)).status).toBe(403)
  })

  test('anonymous people have no other way in: not in one request, nor by a signed token', async () => {
    const video = await vx.announce(vx.filmed(KIB))
    const body = new Blob([new Uint8Array(video.bytes)], { type: vx.VIDEO })
    expect((await intake(anonymous()).upload(video.media, body)).error).toMatchObject({ statusCode: '403' })
    expect((await intake(anonymous()).createSignedUploadUrl(video.media)).error).toMatchObject({
      statusCode: '403',
    })
    const open = anonymous().storage.from('videos-public')
    expect((await open.upload('mine.mp4', body)).error).toMatchObject({ statusCode: '403' })
  })
})

describe('a file that waits for a decision', () => {
  test('is watched by staff through a signed address with ranges, and by nobody else', async () => {
    const video = await arrived()
    expect((await intake(anonymous()).download(video.media)).error).not.toBeNull()
    expect((await intake(anonymous()).createSignedUrl(video.media, 60)).data).toBeNull()
    expect((await intake(anonymous()).list()).data ?? []).toEqual([])
    const { data } = await intake(await signedIn()).createSignedUrl(video.media, 60)
    const part = await fetch(data!.signedUrl, { headers: { range: 'bytes=100-199' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${video.bytes.length}`)
    expect(part.headers.get('content-type')).toBe(vx.VIDEO)
    expect(Buffer.from(await part.arrayBuffer()).equals(video.bytes.subarray(100, 200))).toBe(true)
  })

  test('is deleted by nobody but the service, which hears what went', async () => {
    const video = await vx.announce(vx.filmed(KIB))
    await vx.upload(video)
    expect((await intake(anonymous()).remove([video.media])).data ?? []).toEqual([])
    expect((await intake(await signedIn()).remove([video.media])).data ?? []).toEqual([])
    const { data } = await intake(service()).remove([video.media])
    expect(data).toMatchObject([{ name: video.media }])
  })
})

describe('the function verify-media', () => {
  test('answers to the service key alone', async () => {
    expect((await call('/functions/v1/verify-media', { method: 'POST' })).status).toBe(401)
  })

  test('reads what arrived: what was announced is verified, anything else a mismatch', async () => {
    const staff = await signedIn()
    const video = await arrived()
    const other = await vx.announce(vx.filmed(KIB), { sha256: '0'.repeat(64) })
    await vx.upload(other)
    await vx.attach(other)
    await untilJobsDid(() => mediaOf(staff, video), {
      status: 'verified',
      found: { bytes: video.bytes.length, mime: vx.VIDEO },
    })
    await untilJobsDid(() => mediaOf(staff, other), { status: 'mismatch' })
  })

  test('publishes a copy with its poster, and takes both out when the decision is undone', async () => {
    const staff = await signedIn()
    const video = await arrived()
    await untilJobsDid(() => mediaOf(staff, video), { status: 'verified' })
    await vx.decide(staff, video, 'accept')
    const published = await vx.decide(staff, video, 'publish')
    await untilJobsDid(() => shown(video), { folio: video.row.folio })
    const { object, poster } = (await shown(video))!
    const open = (name: string) => fetch(vx.storageAt(`/object/public/videos-public/${name}`))
    const copy = await open(object)
    expect(Buffer.from(await copy.arrayBuffer()).equals(video.bytes)).toBe(true)
    expect((await open(poster)).headers.get('content-type')).toBe('image/jpeg')
    expect(object).not.toContain(video.media)
    await vx.undo(staff, video, published)
    expect(await shown(video)).toBeUndefined()
    await untilJobsDid(async () => [(await open(object)).ok, (await open(poster)).ok], [false, false])
    expect((await intake(service()).download(video.media)).error).toBeNull()
  })
})
