import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { readOpenCampaign } from '../e2e/api'
import { heavyClip, type Clip } from '../e2e/clips'
import { untilRow } from '../e2e/arrivals'
import { onlyRowWith, receiptsOf, uniqueBody } from '../e2e/rows'
import { type Stage, test } from '../e2e/stage'
import { answerAll, beginDraft, button, send, untilReadyOffline, pathOf } from '../e2e/steps'
import { answerVideo, beginVideo, onlyVideo, readVideoCampaign, videosWith } from '../e2e/videoSteps'
import { propuestas, videos } from '../e2e/words'
import { newProfile, type Phone } from '../support/browser'
import type { Random } from '../support/random'
import { rowsOnPhone } from '../support/phoneRows'
import { KILLS, randomOf, tell } from './measure'
import { census, dieWhile, type Doing } from './moments'

const MB = 1_000_000
const ORDER: readonly Doing[] = ['saving', 'sending', 'uploading']
const ARRIVED = { timeout: 240_000, intervals: [500] }

interface Tried {
  id: string
  doing: Doing
  /** The body or title, which identifies its row. */
  text: string
  /** The path of its draft's «Revisa tus respuestas». */
  path: string
}

const wordsOf = (doing: Doing) => (doing === 'uploading' ? videos : propuestas)

/** Answers everything up to «Enviar». */
async function fillIn(stage: Stage, phone: Phone, doing: Doing, file: string): Promise<Tried> {
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

/** Waits until nothing earlier is on its way, so that it is known which work a kill hits. */
async function untilIdle({ page }: Phone): Promise<void> {
  const travelling = async () => {
    const { outbox, media } = await rowsOnPhone(page, 'outbox', 'media')
    return [...outbox!, ...media!.filter(({ state }) => state !== 'uploaded')]
  }
  await expect.poll(travelling, ARRIVED).toEqual([])
}

/** Opens the same phone again. A saved submission is there; otherwise the draft is there, and is sent. */
async function comeBack(stage: Stage, profile: string, { id, doing, path }: Tried) {
  const phone = await stage.phone(profile)
  await phone.open('/envios')
  await phone.page.getByRole('heading', { level: 1 }).waitFor()
  const { items, drafts } = await rowsOnPhone(phone.page, 'items', 'drafts')
  const isSaved = items!.some((item) => item['id'] === id)
  if (isSaved) return { phone, isSaved }
  expect(drafts!.map((draft) => draft['id'])).toContain(id)
  await phone.open(path)
  await send(phone.page, wordsOf(doing))
  return { phone, isSaved }
}

/** Kills the phone once and opens it again; `turn` counts the kills of this kind. */
async function killOnce(
  stage: Stage,
  before: Phone,
  doing: Doing,
  turn: number,
  random: Random,
  heavy: Clip,
) {
  const { network } = stage
  if (doing !== 'saving') await untilIdle(before)
  const tried = await fillIn(stage, before, doing, heavy.path)
  if (doing === 'uploading') network.slowUploads(4 * MB)
  const sendButton = button(before.page, wordsOf(doing)('step.revisa.send'))
  let wasTold = false
  const tap = (later: number) =>
    sendButton.evaluate((element, ms) => void setTimeout(() => (element as HTMLElement).click(), ms), later)
  const die = async () => {
    wasTold = (await pathOf(before.page)).includes('/guardado/')
    await before.kill9()
  }
  const { ms, landed, comeLate } = await dieWhile(doing, { network, random, tap, die }, turn, heavy.bytes)
  network.mend() // new calls pass, and held calls stay held
  const { phone, isSaved } = await comeBack(stage, before.profile, tried)
  comeLate()
  if (wasTold) expect(isSaved, `${doing}: called saved, and is not`).toBe(true)
  const onDisk = wasTold ? 'after' : isSaved ? 'untold' : 'before'
  return { phone, tried: { ...tried, landed: landed ?? onDisk, ms, wasTold } }
}

async function expectOnce(stage: Stage, { id, text, doing }: Tried, heavy: Clip): Promise<void> {
  const { database } = stage
  if (doing === 'uploading') {
    const status = async () => (await videosWith(database, text)).map((video) => video.status)
    await expect.poll(status, ARRIVED).toEqual(['verified'])
    expect(await onlyVideo(database, text)).toMatchObject({ id, found: { sha256: heavy.sha256 } })
  } else {
    await untilRow(database, text)
    expect((await onlyRowWith(database, text)).id).toBe(id)
  }
  expect(await receiptsOf(database, id)).toBe(doing === 'uploading' ? 2 : 1) // a video also has an attach op
}

test('kill −9 at random moments of saving, sending and uploading loses and duplicates nothing', async ({
  stage,
}) => {
  const random = randomOf('kills')
  const heavy = await heavyClip(stage.scratch, 20 * MB)
  let phone = await stage.phone(newProfile())
  await phone.open()
  await untilReadyOffline(phone.page)
  const all = []
  for (let turn = 0; turn < KILLS; turn += 1) {
    for (const doing of ORDER) {
      const killed = await killOnce(stage, phone, doing, turn, random, heavy)
      phone = killed.phone
      all.push(killed.tried)
    }
  }
  await phone.open('/envios')
  for (const tried of all) await expectOnce(stage, tried, heavy)
  const left = async () => rowsOnPhone(phone.page, 'outbox', 'drafts', 'media', 'mediaChunks')
  await expect.poll(left, ARRIVED).toEqual({ outbox: [], drafts: [], media: [], mediaChunks: [] })
  const { items } = await rowsOnPhone(phone.page, 'items')
  expect(items!.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort())
  tell('kills', {
    kills: all.length,
    calledSavedBefore: all.filter(({ wasTold }) => wasTold).length,
    landed: census(all),
    moments: all.map(({ doing, ms, landed }) => `${doing}+${ms} ${landed}`).join(', '),
  })
})
