/** What the storage of the embedded backend keeps on disk, and what it adds to the storage API's answers. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { at, created, expectedName, folder, patch, service, TUS, useTriedBackend } from './triedStorage'

useTriedBackend()

describe('the files of the embedded storage', () => {
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
