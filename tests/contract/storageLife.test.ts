/**
 * The file of a video on the storage API: what nobody may change, what a withdrawal ends, how long caches keep it, and what
 * many uploads at once leave. `npm run test:storage` runs it against Supabase's storage API.
 */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { bareMp4 } from '../media/bareMp4'
import { anonymous, service, signedIn } from './clients'
import * as vx from './videos'

const KIB = 1024
const intake = (client = service()) => client.storage.from('videos-intake')

async function uploaded(size = 10 * KIB): Promise<vx.SentVideo> {
  const video = await vx.announce(bareMp4(size))
  await vx.upload(video)
  return video
}

/** What storage keeps of the file, or null when it has none. */
async function stored({ media }: vx.SentVideo) {
  const { data, error } = await intake().list('', { search: media })
  if (error) throw error
  return data[0]?.metadata ?? null
}

test('not even the service key replaces, moves or renames a file that arrived', async () => {
  const video = await uploaded()
  const before = await stored(video)
  const other = new Blob([new Uint8Array(bareMp4(10 * KIB))], { type: vx.VIDEO })
  expect((await intake().upload(video.media, other, { upsert: true })).error).not.toBeNull()
  expect((await intake().update(video.media, other)).error).not.toBeNull()
  expect((await intake().move(video.media, randomUUID())).error).not.toBeNull()
  const { error } = await intake().move(video.media, video.media, { destinationBucket: 'videos-public' })
  expect(error).not.toBeNull()
  expect(await stored(video)).toEqual(before)
  const { data } = await intake().download(video.media)
  expect(Buffer.from(await data!.arrayBuffer()).equals(video.bytes)).toBe(true)
})

test('neither a person without an account nor staff move, copy or overwrite a file', async () => {
  const video = await uploaded()
  const other = new Blob([new Uint8Array(video.bytes)], { type: vx.VIDEO })
  for (const client of [anonymous(), await signedIn()]) {
    const bucket = intake(client)
    expect((await bucket.move(video.media, randomUUID())).error).not.toBeNull()
    expect((await bucket.copy(video.media, randomUUID())).error).not.toBeNull()
    expect(
      (await bucket.copy(video.media, 'x.mp4', { destinationBucket: 'videos-public' })).error,
    ).not.toBeNull()
    expect((await bucket.upload(video.media, other, { upsert: true })).error).not.toBeNull()
    expect((await bucket.createSignedUploadUrl(video.media, { upsert: true })).error).not.toBeNull()
  }
})

test('an upload is refused after the withdrawal of its submission, in the middle too', async () => {
  const video = await vx.announce(bareMp4(vx.CHUNK + 10 * KIB))
  const { url } = await vx.upload(video, { chunks: 1 })
  await vx.withdraw(video)
  expect((await vx.patch(url, vx.CHUNK, video.bytes.subarray(vx.CHUNK))).status).toBe(403)
  expect((await vx.create(video.media, video.bytes.length)).status).toBe(403)
  expect(await stored(video)).toBeNull()
})

test('an uploader who asks caches to keep a file for a year leaves no file', async () => {
  const video = await vx.announce(bareMp4(KIB))
  await expect(vx.upload(video, { about: { cacheControl: '31536000' } })).rejects.toThrow('403')
  expect(await stored(video)).toBeNull()
  await vx.upload(video)
  expect(await stored(video)).toMatchObject({ cacheControl: 'max-age=3600' })
})

test('of forty uploads of one file, one becomes the object, and the others are answered with 409 or 403', async () => {
  const video = await vx.announce(bareMp4(10 * KIB))
  const made = await Promise.all(Array.from({ length: 40 }, () => vx.create(video.media, video.bytes.length)))
  const urls = made.flatMap(({ headers }) => headers.get('location') ?? [])
  expect(urls.length).toBeGreaterThan(0)
  const answers = await Promise.all(urls.map((url) => vx.patch(url, 0, video.bytes)))
  const ended = answers.map(({ status }) => status)
  expect(ended.filter((status) => status === 204)).toHaveLength(1)
  expect(ended.filter((status) => ![204, 403, 409, 410].includes(status))).toEqual([])
  expect(await vx.attach(video)).toMatchObject({ content: { media: { status: 'attached' } } })
})

test('a signed address shows no other file', async () => {
  const [video, other] = [await uploaded(), await uploaded()]
  await vx.attach(video)
  const { data } = await intake().createSignedUrl(video.media, 60)
  expect((await fetch(data!.signedUrl)).status).toBe(200)
  expect((await fetch(data!.signedUrl.replace(video.media, other.media))).status).toBe(400)
})
