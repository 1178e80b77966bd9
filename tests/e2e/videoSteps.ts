/** Steps of a person who sends a video, and the video's rows and objects. */
import type pg from 'pg'
import { headingOf } from '@/domain/campaignHeading'
import { expect, type Page } from '@playwright/test'
import { TEST_KEYS } from '../support/keys'
import { PATIENCE } from './patience'
import { answerAuthor, arrive, button, goOn, openCampaign, send, type Author, pathOf } from './steps'
import { videos } from './words'

export interface VideoCampaign {
  id: string
  slug: string
  title: string
  heading: string
  notice_id: string
  notice_hash: string
  /** The consents that its notice asks for. */
  consents: string[]
  pillar: { key: string; title: string }
  max_bytes: number
}

export interface VideoAnswers extends Author {
  title: string
  /** The path of the file. */
  file: string
  pillar: string
  summary?: string
  transcript?: string
}

/** The call for videos that is open now. */
export async function readVideoCampaign(database: pg.Pool): Promise<VideoCampaign> {
  const { rows } = await database.query<Omit<VideoCampaign, 'heading'> & { question: string }>(
    `select c.id, c.slug, c.title, c.question, n.id as notice_id, n.hash as notice_hash, v.max_bytes::float8 as max_bytes,
       (select jsonb_agg(k ->> 'key') from jsonb_array_elements(n.consents) k) as consents,
       (select jsonb_build_object('key', p.key, 'title', p.title) from app.pillars p
        where p.convocatoria_id = c.id order by p.position limit 1) as pillar
     from app.convocatorias c join app.notices n on n.id = c.notice_id
       join app.video_campaigns v on v.convocatoria_id = c.id
     where c.kind = 'videos' and c.published and now() between c.opens_at and c.closes_at
     order by c.opens_at, c.id -- the seed's, though another test may have opened one
     limit 1`,
  )
  if (!rows[0]) throw new Error('the seed has no open call for videos')
  return { ...rows[0], heading: headingOf(rows[0]) }
}

/** Waits for the exact title, because the question about the pillar ends with the same words. */
export const arriveAtVideo = (page: Page) =>
  page.getByRole('heading', { level: 1, name: videos('step.video.title'), exact: true }).waitFor()

/** From the campaign's page through the notice to the video's file. */
export async function beginVideo(page: Page): Promise<void> {
  await button(page, videos('convocatoria.write')).click()
  await arrive(page, videos('step.aviso.title'))
  await button(page, videos('step.aviso.continue')).click()
  await arriveAtVideo(page)
}

/** Stays on the page of the call until the code of its form is on this phone, as somebody does who will film without signal. */
export async function prepareToFilm(page: Page, campaign: Parameters<typeof openCampaign>[1]): Promise<void> {
  await openCampaign(page, campaign)
  const kept = () => page.evaluate(async () => (await (await caches.open('film')).keys()).length)
  await expect.poll(kept, PATIENCE).toBeGreaterThan(0)
}

/** Chooses a file as the phone's own picker does. */
export const chooseFile = (page: Page, path: string) =>
  page.locator('input[data-video=choose]').setInputFiles(path)

/** Chooses a file and keeps it. Resolves when the copy is sealed. */
export async function keepFile(page: Page, path: string): Promise<void> {
  await chooseFile(page, path)
  await button(page, videos('step.video.keep')).click()
  await page.getByText(videos('step.video.kept')).first().waitFor()
}

/** From the file to «Revisa tus respuestas». */
export async function answerVideo(page: Page, answers: VideoAnswers): Promise<void> {
  await keepFile(page, answers.file)
  await goOn(page)
  await finishVideo(page, answers)
}

/** From the text of the video to «Revisa tus respuestas»; about the first pillar where `answers` names none. */
export async function finishVideo(
  page: Page,
  answers: Omit<VideoAnswers, 'file' | 'pillar'> & { pillar?: string },
): Promise<void> {
  await arrive(page, videos('step.texto.title'))
  await page
    .getByRole('radio', answers.pillar ? { name: answers.pillar } : {})
    .first()
    .check()
  await page.getByLabel(videos('step.texto.name'), { exact: true }).fill(answers.title)
  await page.getByLabel(videos('step.texto.summary'), { exact: true }).fill(answers.summary ?? 'Un ejemplo.')
  if (answers.transcript) await page.getByLabel(videos('step.texto.transcript')).fill(answers.transcript)
  await goOn(page)
  await answerAuthor(page, answers, videos)
  await arrive(page, videos('step.permisos.title'))
  const boxes = page.getByRole('checkbox')
  const needed = (await boxes.count()) - 1 // the last consent is to publish, and is optional
  for (let nth = 0; nth < needed; nth += 1) await boxes.nth(nth).check()
  if (answers.publish) await boxes.last().check()
  await goOn(page)
  await arrive(page, videos('step.revisa.title'))
}

/** From the campaign's page to a saved video. Returns its id. */
export async function sendVideo(page: Page, answers: VideoAnswers): Promise<string> {
  await beginVideo(page)
  await answerVideo(page, answers)
  await send(page, videos)
  return (await pathOf(page)).split('/').at(-1)!
}

/** The server verifies every five seconds and phones pull every ten, which adds up on a slow machine. */
const LONG = { timeout: 120_000 }

/** A size below ten megabytes in the app's words: «1.2 MB». */
export const megabytes = (bytes: number): string =>
  videos('facts.megabytes', { count: (bytes / 1_000_000).toFixed(1) })

/** Waits for this text on the card of the file. */
export const untilTransfer = (page: Page, words: string) =>
  page.getByRole('status').filter({ hasText: words }).first().waitFor(LONG)

export interface KeptVideo {
  id: string
  folio: string
  state: string
  pillar: string
  summary: string
  transcript: string | null
  sector: string | null
  municipality: string | null
  /** The object's name in the intake bucket. */
  media: string
  status: string
  bytes: number
  /** The outcome of the verification. */
  found: { bytes: number; sha256: string; mime: string } | null
  public_id: string
}

/** The only row with this title. Throws if there is none or more than one. */
export async function onlyVideo(database: pg.Pool, title: string): Promise<KeptVideo> {
  const rows = await videosWith(database, title)
  if (rows.length !== 1) throw new Error(`${rows.length} videos with this title`)
  return rows[0]!
}

/** The rows with this title. */
export async function videosWith(database: pg.Pool, title: string): Promise<KeptVideo[]> {
  const { rows } = await database.query<KeptVideo>(
    `select s.id, s.folio, s.state, v.pillar, v.summary, v.transcript, v.sector, v.municipality, m.id as media,
       m.status, m.bytes::float8 as bytes, m.found,
       (select r.public_id from app.renditions r where r.media_id = m.id) as public_id
     from app.submissions s join app.videos v on v.submission_id = s.id
       join app.media_uploads m on m.submission_id = s.id where v.title = $1`,
    [title],
  )
  return rows
}

/** The number of sealed videos and of chunks in this phone's database. */
export const keptOnPhone = (page: Page): Promise<{ media: number; chunks: number }> =>
  page.evaluate(async () => {
    const name = (await indexedDB.databases())[0]!.name!
    const database = await new Promise<IDBDatabase>((done, failed) => {
      const opening = indexedDB.open(name)
      opening.addEventListener('success', () => done(opening.result))
      opening.addEventListener('error', () => failed(opening.error))
    })
    const count = (table: string) =>
      new Promise<number>((done) => {
        const counting = database.transaction(table).objectStore(table).count()
        counting.addEventListener('success', () => done(counting.result))
      })
    const kept = { media: await count('media'), chunks: await count('mediaChunks') }
    database.close()
    return kept
  })

/** The bytes of an object, read with the secret key. */
export async function readStored(origin: string, bucket: string, name: string): Promise<Buffer> {
  const response = await fetch(`${origin}/storage/v1/object/authenticated/${bucket}/${name}`, {
    headers: { apikey: TEST_KEYS.secretKey },
  })
  if (!response.ok) throw new Error(`storage: ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

/** Whether the bucket has this object, read with the secret key. */
export async function isStored(origin: string, bucket: string, name: string): Promise<boolean> {
  const { status } = await fetch(`${origin}/storage/v1/object/authenticated/${bucket}/${name}`, {
    method: 'HEAD',
    headers: { apikey: TEST_KEYS.secretKey },
  })
  if (![200, 400, 404].includes(status)) throw new Error(`storage: ${status}`)
  return status === 200
}
