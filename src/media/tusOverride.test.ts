/** Networks whose filters answer 405 to PATCH, before a real tus server. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answer, bytesOf } from './testing/sender'
import { TusServer } from './testing/tusServer'
import type { Transport } from './tus'

const bytes = bytesOf(100)
const FILE = { id: 'm1', bytes: 100, mime: 'video/mp4' }

let server: TusServer
let seen: string[]
let isFiltered: boolean
let tus: typeof import('./tus') & typeof import('./tusChunk')
beforeEach(async () => {
  vi.resetModules()
  tus = { ...(await import('./tus')), ...(await import('./tusChunk')) }
  server = new TusServer()
  await server.listen()
  seen = []
  isFiltered = true
})
afterEach(() => server.close())

const transport: Transport = (request, options) => {
  seen.push(`${request.method} ${request.body?.length ?? '-'}`)
  return isFiltered && request.method === 'PATCH'
    ? Promise.resolve(answer(405))
    : server.transport(request, options)
}
const upload = async () => {
  const created = await tus.createUpload(server.transport, FILE, {})
  if (created.kind !== 'created') throw new Error(created.kind)
  return (from: number, to: number) => tus.sendChunk(transport, created.url, from, bytes.slice(from, to), {})
}

test('where PATCH is refused, a server that takes the method from a header gets every chunk', async () => {
  server.overrides = true
  const send = await upload()
  expect(await send(0, 60)).toEqual({ kind: 'at', offset: 60 })
  expect(await send(60, 100)).toEqual({ kind: 'at', offset: 100 })
  expect(seen).toEqual(['PATCH 60', 'POST 0', 'POST 60', 'POST 40'])
  expect(server.objects.get('m1')?.size).toBe(100)
})

test('where the server does not take it either, the refused method is named, and no chunk is sent for nothing', async () => {
  const send = await upload()
  const blocked = { kind: 'wait', code: 'patch_blocked', afterMs: 0 }
  expect(await send(0, 60)).toEqual(blocked)
  expect(await send(0, 60)).toEqual(blocked)
  expect(seen).toEqual(['PATCH 60', 'POST 0', 'PATCH 60', 'POST 0'])
  isFiltered = false // another network
  expect(await send(0, 60)).toEqual({ kind: 'at', offset: 60 })
})

test('a server that stops taking the method from a header is asked with PATCH again', async () => {
  server.overrides = true
  const send = await upload()
  expect(await send(0, 60)).toEqual({ kind: 'at', offset: 60 })
  server.overrides = false
  isFiltered = false
  expect(await send(60, 100)).toMatchObject({ kind: 'wait' })
  expect(await send(60, 100)).toEqual({ kind: 'at', offset: 100 })
})

test('a filter that answers 501, with or without a header of tus, is named too', async () => {
  for (const headers of [{}, { 'tus-resumable': '1.0.0' }]) {
    const refusing: Transport = () => Promise.resolve(answer(501, headers))
    expect(await tus.sendChunk(refusing, 'http://127.0.0.1/x', 0, bytes, {})).toMatchObject({
      code: 'patch_blocked',
    })
  }
})
