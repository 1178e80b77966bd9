import { gzipSync } from 'node:zlib'
import { expect, type Response } from '@playwright/test'
import { test } from './stage'
import { readOpenCampaign } from './api'
import { heading, link, untilReadyOffline } from './steps'
import { propuestas } from './words'

const KB = 1024
const LIMIT = 95 * KB
const COMPRESSIBLE = /text|javascript|json|svg|manifest/u

/** The size of a response as a compressing server would send it. */
async function bytesOf(response: Response): Promise<number> {
  const body = await response.body()
  return COMPRESSIBLE.test(response.headers()['content-type'] ?? '') ? gzipSync(body).length : body.length
}

test('a first visit to the landing page fetches at most 95 KB until idle, not counting the precache', async ({
  stage,
}) => {
  const phone = await stage.phone()
  const responses: Response[] = []
  phone.page.on('response', (response) => {
    if (!response.fromServiceWorker() && response.request().serviceWorker() === null) responses.push(response)
  })
  await phone.open()
  await untilReadyOffline(phone.page)
  await phone.page.waitForLoadState('networkidle')
  const sizes = await Promise.all(responses.map(async (r) => [r.url(), await bytesOf(r)] as const))
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
  const lines = sizes.map(([url, bytes]) => `  ${String(bytes).padStart(7)} ${new URL(url).pathname}`)
  console.info(`landing until idle, gzip, precache apart: ${total} of ${LIMIT} bytes\n${lines.join('\n')}`)
  expect(responses.length).toBeGreaterThan(2)
  expect(total).toBeLessThanOrEqual(LIMIT)
})

test('a first visit shows the landing and a whole campaign without the database’s script', async ({
  stage,
}) => {
  const { slug, heading: name } = await readOpenCampaign(stage.database)
  const phones = [await stage.phone(), await stage.phone()] as const
  for (const { page } of phones) await page.route('**/assets/data-*.js', () => undefined) // it never arrives
  const [landing, campaign] = phones
  const asked: string[] = []
  landing.page.on('request', (request) => asked.push(request.url()))

  await landing.open('/')
  await expect(link(landing.page, name)).toBeVisible()
  expect(asked.filter((url) => /assets\/(data|folio|form)-/u.test(url))).toEqual([])

  await campaign.open(`/c/${slug}`)
  await expect(heading(campaign.page, name)).toBeVisible()
  await expect(link(campaign.page, propuestas('convocatoria.notice'))).toBeVisible()
})
