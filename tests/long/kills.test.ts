import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readOpenCampaign } from '../e2e/api'
import { heavyClip } from '../e2e/clips'
import { onlyRowWith, uniqueBody, untilRow, useStage } from '../e2e/stage'
import { answerAll, beginDraft, button, send, untilReadyOffline, pathOf } from '../e2e/steps'
import { answerVideo, beginVideo, onlyVideo, readVideoCampaign, videosWith } from '../e2e/videoSteps'
import { propuestas, videos } from '../e2e/words'
import type { Phone } from '../support/browser'
import { between } from '../support/random'
import { KILLS, randomOf, tell } from './measure'
import { receiptsOf, rowsOnPhone } from './phoneRows'

const MB = 1_000_000
/** How long after the tap the battery may fall out, in ms. To find the processes and kill them takes some 50. */
const MOMENTS = { saving: [-100, 40], sending: [-60, 1_500], uploading: [0, 6_000] } as const
const ORDER = ['saving', 'sending', 'uploading'] as const
const ARRIVED = { timeout: 240_000, interval: 500 }

const stage = useStage()

interface Tried {
  id: string
  doing: (typeof ORDER)[number]
  /** The body or the title: what its row is found by. */
  text: string
  /** «Revisa tus respuestas» of its draft. */
  path: string
}

const wordsOf = (doing: Tried['doing']) => (doing === 'uploading' ? videos : propuestas)

/** Everything answered, up to the tap. */
async function fillIn(phone: Phone, doing: Tried['doing'], file: string): Promise<Tried> {
  const isVideo = doing === 'uploading'
  const text = isVideo ? `Se apagó subiendo (${randomUUID()})` : uniqueBody()
  if (isVideo) {
    const campaign = await readVideoCampaign(stage.database)
    await phone.open(`/c/${campaign.slug}`)
    await beginVideo(phone.page)
    await answerVideo(phone.page, { title: text, file, pillar: campaign.pillar.title })
  } else {
    await phone.open(`/c/${(await readOpenCampaign(stage.database)).slug}`)
    await beginDraft(phone.page)
    await answerAll(phone.page, { body: text })
  }
  const path = await pathOf(phone.page)
  return { id: path.split('/').at(-2)!, doing, text, path }
}

/**
 * Taps «Enviar», and that long after it the phone is dead; below zero: the battery was already falling out.
 * Answers whether the screen had called it saved.
 */
async function killAfterTap(phone: Phone, { doing }: Tried, ms: number): Promise<boolean> {
  if (doing === 'saving') await phone.offline(true)
  const tap = (element: HTMLElement | SVGElement, later: number) =>
    void setTimeout(() => (element as HTMLElement).click(), later)
  await button(phone.page, wordsOf(doing)('step.revisa.send')).evaluate(tap, Math.max(0, -ms))
  if (ms > 0) await wait(ms)
  const wasSaved = (await pathOf(phone.page)).includes('/guardado/')
  await phone.kill9()
  stage.network.down(false)
  return wasSaved
}

/** The same phone again. What the screen had called saved is there; what it had not, is a draft, and is sent. */
async function comeBack(profile: string, tried: Tried, wasSaved: boolean): Promise<Phone> {
  const phone = await stage.phone(profile)
  await phone.open('/envios')
  await phone.page.getByRole('heading', { level: 1 }).waitFor()
  const { items, drafts } = await rowsOnPhone(phone.page, 'items', 'drafts')
  const isSaved = items!.some(({ id }) => id === tried.id)
  if (wasSaved) expect(isSaved, `${tried.doing}: called saved, and is not`).toBe(true)
  if (isSaved) return phone
  expect(drafts!.map(({ id }) => id)).toContain(tried.id)
  await phone.open(tried.path)
  await send(phone.page, wordsOf(tried.doing))
  return phone
}

test('kill −9 at random moments while saving, sending and uploading: nothing is lost, nothing is there twice', async () => {
  const random = randomOf('kills')
  const heavy = await heavyClip(stage.scratch, 20 * MB)
  let phone = await stage.phone()
  await phone.open()
  await untilReadyOffline(phone.page)
  stage.network.slowUploads(4 * MB)
  const all: Tried[] = []
  const moments: string[] = []
  let promised = 0
  while (all.length < KILLS) {
    const doing = ORDER[all.length % ORDER.length]!
    const tried = await fillIn(phone, doing, heavy.path)
    const ms = Math.round(between(random, MOMENTS[doing]))
    const wasSaved = await killAfterTap(phone, tried, ms)
    phone = await comeBack(phone.profile, tried, wasSaved)
    all.push(tried)
    moments.push(`${doing}+${ms}`)
    if (wasSaved) promised += 1
  }
  stage.network.slowUploads(null)
  await phone.open('/envios')
  for (const { id, text, doing } of all) {
    if (doing === 'uploading') {
      const status = async () => (await videosWith(stage.database, text)).map((video) => video.status)
      await expect.poll(status, ARRIVED).toEqual(['verified'])
      expect(await onlyVideo(stage.database, text)).toMatchObject({ id, found: { sha256: heavy.sha256 } })
    } else {
      await untilRow(stage.database, text)
      expect((await onlyRowWith(stage.database, text)).id).toBe(id)
    }
    expect(await receiptsOf(stage.database, id)).toBe(doing === 'uploading' ? 2 : 1) // a video says that it is whole, too
  }
  const left = async () => rowsOnPhone(phone.page, 'outbox', 'drafts', 'media', 'mediaChunks')
  await expect.poll(left, ARRIVED).toEqual({ outbox: [], drafts: [], media: [], mediaChunks: [] })
  const { items } = await rowsOnPhone(phone.page, 'items')
  expect(items!.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort())
  tell('kills', { kills: KILLS, calledSavedBefore: promised, moments: moments.join(' ') })
})
