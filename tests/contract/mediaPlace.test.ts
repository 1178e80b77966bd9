/** What a video says besides picture and sound, sent past the app: the server holds it, and none of it is published. */
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { expect, test } from 'vitest'
import { bareMp4 } from '../media/bareMp4'
import { anonymous, call, type Client, service, signedIn, target } from './clients'
import * as vx from './videos'

const PLACE = '+19.2826-099.6557/'
const saysPlace = (bytes: Buffer) =>
  bytes.includes('19.2826') || bytes.includes('\x00\x13\x48\x58', 0, 'latin1')
const mediaOf = async (staff: Client, video: vx.SentVideo) => (await vx.itemOf(staff, video)).content.media

async function untilJobsDid(see: () => Promise<unknown>, expected: object): Promise<void> {
  const jobsThenSee = async () => {
    await call('/functions/v1/verify-media', {
      method: 'POST',
      headers: secretHeader(target().jobsSecret),
    })
    return await see()
  }
  await expect.poll(jobsThenSee, { timeout: 20_000, interval: 200 }).toMatchObject(expected)
}

test.each([
  ['MP4 with `©xyz`', 'xyz.mp4', 'video/mp4', ['tags', 'device']],
  ['MOV with keys of place, time and model', 'phone.mov', 'video/quicktime', ['tags', 'time', 'device']],
  ['3GP with `loci`', 'phone.3gp', 'video/3gpp', ['tags', 'time', 'device']],
  ['fragmented MP4 with a place', 'fragments.mp4', 'video/mp4', ['tags', 'time', 'device']],
  ['MP4 with a place in captions', 'captions.mp4', 'video/mp4', ['tags', 'device', 'tracks', 'hidden']],
  ['WebM with a place in its tags', 'tags.webm', 'video/webm', ['tags', 'device']],
])('a %s is held with its reasons, and it cannot be published', async (_, name, type, tells) => {
  const staff = await signedIn()
  const bytes = vx.clip(name)
  expect(saysPlace(bytes)).toBe(true)
  const video = await vx.announce(bytes, { mime: type })
  await vx.upload(video, { type })
  await vx.attach(video)
  await untilJobsDid(() => mediaOf(staff, video), { status: 'mismatch', tells, found: { tells, mime: type } })
  await vx.decide(staff, video, 'accept')
  await expect(vx.decide(staff, video, 'publish')).rejects.toThrow('media_not_verified')
})

test('a file of which 45 % arrived is held as truncated', async () => {
  const staff = await signedIn()
  const whole = vx.clip('first.mp4')
  const video = await vx.announce(whole.subarray(0, Math.round(whole.length * 0.45)))
  await vx.upload(video)
  await vx.attach(video)
  await untilJobsDid(() => mediaOf(staff, video), { status: 'mismatch' })
  expect((await mediaOf(staff, video)).tells).toContain('truncated')
})

test('neither EXIF of a poster nor what the uploader says of the object is published', async () => {
  const staff = await signedIn()
  const picture = vx.clip('poster.jpg')
  const exif = Buffer.from(`\xff\xe1\0\0Exif\0\0GPS ${PLACE}`, 'latin1')
  exif.writeUInt16BE(exif.length - 2, 2)
  const poster = Buffer.concat([picture.subarray(0, 2), exif, picture.subarray(2)])
  const video = await vx.announce(bareMp4(2_000), {}, poster.toString('base64'))
  const about = { metadata: JSON.stringify({ place: PLACE, phone: 'SM-G991B' }) }
  await vx.upload(video, { about })
  await vx.attach(video)
  await untilJobsDid(() => mediaOf(staff, video), { status: 'verified', tells: [] })
  await vx.decide(staff, video, 'accept')
  await vx.prepare(staff, video)
  await vx.caption(staff, video, [{ at: 0, to: 1_500, text: 'Hola.' }])
  await untilJobsDid(async () => (await vx.itemOf(staff, video)).content.rendition, { status: 'verified' })
  await vx.decide(staff, video, 'publish')
  const gallery = async () => {
    const { data } = await anonymous().rpc('published_videos', { p_convocatoria: video.convocatoria })
    const { items } = data as unknown as { items: { folio: string; object: string; poster: string }[] }
    return items.find(({ folio }) => folio === video.row.folio)
  }
  await untilJobsDid(gallery, { folio: video.row.folio })
  const { object, poster: image } = (await gallery())!
  for (const name of [object, image]) {
    const answer = await fetch(vx.storageAt(`/object/public/videos-public/${name}`))
    const said =
      JSON.stringify([...answer.headers]) + Buffer.from(await answer.arrayBuffer()).toString('latin1')
    expect(answer.status).toBe(200)
    expect(said).not.toContain('19.2826')
    expect(said).not.toMatch(/SM-G991B/)
  }
  for (const bucket of ['videos-intake', 'videos-public']) {
    const { data } = await service().storage.from(bucket).list('', { limit: 1000 })
    expect(JSON.stringify(data)).not.toContain('19.2826')
  }
})
