import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { useStage } from './stage'
import { untilReadyOffline } from './steps'

const stage = useStage()
const KB = 1024
const LIMIT = 95 * KB
const COMPRESSIBLE = /text|javascript|json|svg|manifest/u

/** What a server that compresses would send for this address. */
async function bytesOf(url: string): Promise<number> {
  const response = await fetch(url)
  const body = Buffer.from(await response.arrayBuffer())
  return COMPRESSIBLE.test(response.headers.get('content-type') ?? '') ? gzipSync(body).length : body.length
}

test('a first visit to the landing fetches at most 95 KB until idle, precache apart', async () => {
  const phone = await stage.phone()
  const session = await phone.context.newCDPSession(phone.page)
  await session.send('Network.enable')
  const urls = new Set<string>()
  session.on('Network.responseReceived', ({ response }) => {
    if (response.url.startsWith('http') && !response.fromServiceWorker) urls.add(response.url)
  })
  await phone.open()
  await untilReadyOffline(phone.page)
  await phone.page.waitForLoadState('networkidle')
  const sizes = await Promise.all([...urls].map(async (url) => [url, await bytesOf(url)] as const))
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
  const lines = sizes.map(([url, bytes]) => `  ${String(bytes).padStart(7)} ${new URL(url).pathname}`)
  console.info(`landing until idle, gzip, precache apart: ${total} of ${LIMIT} bytes\n${lines.join('\n')}`)
  expect(urls.size).toBeGreaterThan(2)
  expect(total).toBeLessThanOrEqual(LIMIT)
})
