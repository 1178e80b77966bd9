/** What the storage of the embedded backend keeps on disk, and what it adds to the storage API's answers. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Storage } from '../../supabase/local/storageCall'
import { createResumable } from '../../supabase/local/storageTus'
import { at, created, expectedName, folder, patch, service, TUS, useTriedBackend } from './triedStorage'

useTriedBackend()

const parts = () => path.join(folder, 'storage', 'parts')
const versionOf = (url: string) =>
  Buffer.from(url.split('/').at(-1)!, 'base64url').toString().split('/').at(-1)!

/** Makes the upload older than its address may be. */
function age(url: string): void {
  const file = path.join(parts(), `${versionOf(url)}.json`)
  const upload = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...upload, creation_date: '2026-01-01T00:00:00Z' }))
}

describe('the files of the embedded storage', () => {
  const partsOf = (ending: (file: string) => boolean) =>
    readdirSync(parts())
      .filter(ending)
      .map((file) => path.join(parts(), file))
  const isData = (file: string) => !file.endsWith('.json')
  const space = () => partsOf(isData).reduce((sum, file) => sum + statSync(file).size, 0)

  test('of forty uploads of one name five are open, and one holds bytes: whichever received them last', async () => {
    const name = await expectedName()
    const [bytesBefore, filesBefore] = [space(), partsOf(isData).length]
    const urls: string[] = []
    for (let n = 0; n < 40; n += 1) urls.push(await created(name, 1000))
    expect(partsOf(isData).length - filesBefore).toBe(5)
    for (const url of urls.slice(0, -5)) expect((await patch(url, 0, 'x'.repeat(900))).status).toBe(410)
    for (const url of urls.slice(-5)) expect((await patch(url, 0, 'x'.repeat(900))).status).toBe(204)
    expect(space() - bytesBefore).toBe(900)
    for (const url of urls.slice(-5, -1)) expect((await patch(url, 900, 'x')).status).toBe(410)
    expect((await patch(urls.at(-1)!, 900, 'x'.repeat(100))).status).toBe(204)
  })

  test('an upload that receives bytes goes on, however many are begun beside it', async () => {
    const name = await expectedName()
    const url = await created(name, 10)
    expect((await patch(url, 0, 'abc')).status).toBe(204)
    for (let n = 0; n < 12; n += 1) await created(name, 10)
    expect((await patch(url, 3, 'defghij')).status).toBe(204)
  })

  test('a part of a file that did not arrive within a day is swept, and one of today stays', async () => {
    const [old, fresh] = [await created(await expectedName()), await created(await expectedName())]
    for (const url of [old, fresh]) expect((await patch(url, 0, 'abc')).status).toBe(204)
    age(old)
    const resumable = createResumable({ files: { parts: parts() } } as Storage, console.warn, () => null)
    await resumable.sweep()
    resumable.close()
    const left = () => partsOf(() => true).join()
    await expect.poll(left, { timeout: 10_000 }).not.toContain(versionOf(old)) // it also sweeps when it begins
    expect(left()).toContain(versionOf(fresh))
  })

  test('an expired upload address is answered with 410', async () => {
    const url = await created(await expectedName())
    age(url)
    const head = () => fetch(url, { method: 'HEAD', headers: TUS })
    expect((await head()).status).toBe(410)
    expect((await patch(url, 0, 'abc')).status).toBe(410)
  })

  test('a chunk whose method stands in a header is taken, unlike in the storage API', async () => {
    const url = await created(await expectedName(), 4)
    const headers = {
      ...TUS,
      'x-http-method-override': 'PATCH',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    }
    const { status, headers: answered } = await fetch(url, { method: 'POST', headers, body: 'abcd' })
    expect([status, answered.get('upload-offset')]).toEqual([204, '4'])
  })

  test('a copy adds one file, and its deletion removes that file', async () => {
    const files = () => readdirSync(path.join(folder, 'storage', 'objects')).length
    const name = randomUUID()
    await service().from('tried').upload(name, 'the original', { contentType: 'video/mp4' })
    const before = files()
    await service().from('tried').copy(name, 'other.mp4', { destinationBucket: 'shown' })
    expect(files()).toBe(before + 1)
    await service().from('shown').remove(['other.mp4', 'never.mp4'])
    expect(files()).toBe(before)
  })

  test('an object is served with `nosniff`, and whole where the range has another unit than bytes', async () => {
    await service().from('shown').upload('sniffed.txt', 'text', { contentType: 'text/plain' })
    const range = { range: 'lines=1-2' }
    const { status, headers } = await fetch(at('/object/public/shown/sniffed.txt'), { headers: range })
    expect([status, headers.get('x-content-type-options')]).toEqual([200, 'nosniff'])
  })
})
