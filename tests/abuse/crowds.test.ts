/** Seats, the queue and storage, taken by somebody who makes everything up. */
import { randomUUID } from 'node:crypto'
import type { JornadaDetails } from '@/features/jornadas/registration'
import type { Op } from '@/domain/ops'
import { uuidV7 } from '@/sync/uuid'
import { bareMp4 } from '../media/bareMp4'
import { anonymous, apply, newSecret, openCampaign, pullPublic } from '../contract/clients'
import * as vx from '../contract/videos'
import { attack } from './attack'

const MIB = 1024 * 1024

/** A registration of somebody invented for this day. */
async function registrations(count: number): Promise<{ day: string; ops: Op[] }> {
  const client = anonymous()
  const [open, notice] = await openCampaign(client, 'jornadas')
  const { groups, jornadas } = open.details as JornadaDetails
  const day = jornadas.find(({ on_day, cancel_reason }) => on_day && !cancel_reason)!
  const { data } = await client.rpc('list_bodies', undefined, { get: true })
  const keys = groups.find(({ id }) => id === day.group_id)!.class_keys
  const body = (data as unknown as { items: { id: string; class_key: string }[] }).items.find((one) =>
    keys.includes(one.class_key),
  )!
  const now = new Date().toISOString()
  const payload = (n: number) => ({
    convocatoria_id: open.id,
    body_id: body.id,
    jornada_ids: [day.id],
    display_name: `Persona ${n}`,
    post: 'Titular',
    accessibility: null,
    email: `${randomUUID()}@inventada.example`,
    notice_id: notice.id,
    notice_hash: notice.hash,
    locale: 'es-MX',
    consented_at: now,
    consents: notice.consents.map(({ key, required }) => ({ key, granted: required })),
  })
  const opOf = (n: number): Op => ({
    op_id: uuidV7(),
    v: 1,
    kind: 'registration.submit',
    entity_id: randomUUID(),
    payload: payload(n),
    captured_at: now,
    secret: newSecret(),
  })
  return { day: day.id, ops: Array.from({ length: count }, (_, n) => opOf(n)) }
}

attack('invented registrations, five at a time', async (tries) => {
  const { day, ops } = await registrations(150)
  const send = async (part: Op[]) => {
    for (const op of part) {
      let [verdict] = await apply(anonymous(), [op])
      for (let n = 0; n < 20 && verdict?.status === 'retry'; n += 1)
        [verdict] = await apply(anonymous(), [op])
      tries.try(`registered: ${JSON.stringify(verdict).slice(0, 90)}`, verdict?.status === 'applied')
    }
  }
  await Promise.all([0, 1, 2, 3, 4].map((lane) => send(ops.filter((_, n) => n % 5 === lane))))
  const { changes } = await pullPublic(anonymous())
  const days = changes.flatMap((change) =>
    change.op === 'put' && change.entity === 'convocatoria'
      ? ((change.row as { details: Partial<JornadaDetails> | null }).details?.jornadas ?? [])
      : [],
  )
  const left = days.find(({ id }) => id === day)?.seats_left ?? 0
  tries.try(`${left} seats left`, left >= 0)
})

attack('announced videos that never arrive', async (tries) => {
  for (let n = 0; n < 60; n += 1) await vx.announce(bareMp4(1_000))
  const honest = await vx.announce(bareMp4(20_000))
  await vx.upload(honest)
  tries.try('an honest video arrives meanwhile', (await vx.attach(honest)).state !== undefined)
})

attack('one announced file created many times', async (tries) => {
  const video = await vx.announce(bareMp4(3 * MIB))
  const created = await Promise.all(
    Array.from({ length: 20 }, async () =>
      (await vx.create(video.media, video.bytes.length)).headers.get('location')!,
    ),
  )
  const urls = created.map((location) => new URL(location, vx.storageAt('/')).href)
  for (const url of urls) await vx.patch(url, 0, video.bytes.subarray(0, MIB))
  const held = await Promise.all(
    urls.map(async (url) =>
      Number(
        (await fetch(url, { method: 'HEAD', headers: vx.tusHeaders() })).headers.get('upload-offset') ?? 0,
      ),
    ),
  )
  tries.try(
    `${held.filter((bytes) => bytes > 0).length} hold bytes`,
    held.filter((bytes) => bytes > 0).length <= 1,
  )
})

attack('uploads that nobody announced', async (tries) => {
  const { media } = await vx.announce(bareMp4(10_000))
  const refused = async (what: string, answer: Promise<Response>) =>
    tries.try(what, (await answer).status >= 400)
  await refused('an unknown name', vx.create(randomUUID(), 10_000))
  await refused('another size', vx.create(media, 10_001))
  await refused('another type', vx.create(media, 10_000, 'text/html'))
  await refused('in place of another', vx.create(media, 10_000, vx.VIDEO, { 'x-upsert': 'true' }))
  await refused('a name above', vx.create(`../videos-public/${media}`, 10_000))
  const bucket = anonymous().storage.from('videos-intake')
  tries.try('in one request', (await bucket.upload(media, 'x', { contentType: vx.VIDEO })).error !== null)
  tries.try('a signed token', (await bucket.createSignedUploadUrl(media)).error !== null)
  for (const name of ['videos-public', 'insumos-public', 'insumos-intake'])
    tries.try(
      name,
      (await anonymous().storage.from(name).upload('a', 'x', { contentType: vx.VIDEO })).error !== null,
    )
})
