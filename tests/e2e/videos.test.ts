import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { clip } from './clips'
import { PATIENCE, useStage } from './stage'
import { openCampaign, untilFolio } from './steps'
import {
  askStorage,
  keptOnPhone,
  readVideoCampaign,
  sendVideo,
  untilTransfer,
  videosWith,
  type VideoCampaign,
} from './videoSteps'
import { videos } from './words'

const stage = useStage()
let campaign: VideoCampaign
beforeAll(async () => {
  campaign = await readVideoCampaign(stage.database)
  await clip(stage.scratch, 'recorded.webm')
})

const only = async (title: string) => {
  const rows = await videosWith(stage.database, title)
  expect(rows).toHaveLength(1)
  return rows[0]!
}

test('a citizen online sends a video, the server proves its bytes, and only then the phone lets go of them', async () => {
  const recorded = await clip(stage.scratch, 'recorded.webm')
  const title = `Mi colonia pregunta (${randomUUID()})`
  const { page, open, errors } = await stage.phone()
  await open()
  await openCampaign(page, campaign)
  const release = stage.network.hold('upload.PATCH')
  await sendVideo(page, {
    title,
    file: recorded.path,
    pillar: campaign.pillar.title,
    summary: 'Por qué conviene preguntar antes de decidir.',
    transcript: 'Buenas tardes, les cuento de mi colonia.',
    name: 'Vecinas del Centro',
    sector: 'Sociedad civil',
    municipality: 'Toluca',
    email: 'vecinas@ejemplo.mx',
    publish: true,
  })
  const folio = await untilFolio(page, videos)
  expect(await only(title)).toMatchObject({
    folio,
    state: 'received',
    pillar: campaign.pillar.key,
    summary: 'Por qué conviene preguntar antes de decidir.',
    transcript: 'Buenas tardes, les cuento de mi colonia.',
    sector: 'sociedad_civil',
    municipality: '15106',
    status: 'awaiting_upload',
    bytes: recorded.bytes,
  })
  await untilTransfer(page, videos('transfer.sending'))
  expect(await keptOnPhone(page)).toEqual({ media: 1, chunks: Math.ceil(recorded.bytes / 1024 / 1024) })
  release()
  await untilTransfer(page, videos('transfer.verified'))
  const { found, status, media } = await only(title)
  expect(status).toBe('verified')
  expect(found).toEqual({ bytes: recorded.bytes, sha256: recorded.sha256, mime: 'video/webm' })
  await expect.poll(() => keptOnPhone(page), PATIENCE).toEqual({ media: 0, chunks: 0 })
  expect(await askStorage(stage.network.origin, 'videos-intake', media)).toBe(200)
  expect(errors).toEqual([])
})
