/** The walks of who sends a video, and what the database and the storage hold of it. */
import type pg from 'pg'
import type { Page } from '@playwright/test'
import { SECRET_KEY } from '../../supabase/local/keys'
import { answerAuthor, arrive, button, goOn, send, type Author, pathOf } from './steps'
import { videos } from './words'

export interface VideoCampaign {
  id: string
  slug: string
  title: string
  notice_id: string
  notice_hash: string
  /** What its notice asks to authorise. */
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

/** The call for videos that receives now. */
export async function readVideoCampaign(database: pg.Pool): Promise<VideoCampaign> {
  const { rows } = await database.query<VideoCampaign>(
    `select c.id, c.slug, c.title, n.id as notice_id, n.hash as notice_hash, v.max_bytes::float8 as max_bytes,
       (select jsonb_agg(k ->> 'key') from jsonb_array_elements(n.consents) k) as consents,
       (select jsonb_build_object('key', p.key, 'title', p.title) from app.pillars p
        where p.convocatoria_id = c.id order by p.position limit 1) as pillar
     from app.convocatorias c join app.notices n on n.id = c.notice_id
       join app.video_campaigns v on v.convocatoria_id = c.id
     where c.kind = 'videos' and c.published and now() between c.opens_at and c.closes_at`,
  )
  if (!rows[0]) throw new Error('the seed has no open call for videos')
  return rows[0]
}

/** From the campaign's page to the question about the pillar: the notice is read and agreed to go on from. */
export async function beginVideo(page: Page): Promise<void> {
  await button(page, videos('convocatoria.write')).click()
  await arrive(page, videos('step.aviso.title'))
  await button(page, videos('step.aviso.continue')).click()
  await arrive(page, videos('step.pilar.title'))
}

/** To the letter: the question about the pillar ends with the same words. */
const arriveAtVideo = (page: Page) =>
  page.getByRole('heading', { level: 1, name: videos('step.video.title'), exact: true }).waitFor()

export async function choosePillar(page: Page, pillar: string): Promise<void> {
  await page.getByRole('radio', { name: pillar }).check()
  await goOn(page)
  await arriveAtVideo(page)
}

/** Chooses a file as the phone's own picker would hand it over. */
export const chooseFile = (page: Page, path: string) =>
  page.locator('input[data-video=choose]').setInputFiles(path)

/** Chooses a file and has it copied; resolves when the copy is sealed. */
export async function keepFile(page: Page, path: string): Promise<void> {
  await chooseFile(page, path)
  await button(page, videos('step.video.keep')).click()
  await page.getByText(videos('step.video.kept')).first().waitFor()
}

/** From the pillar up to «Revisa tus respuestas». */
export async function answerVideo(page: Page, answers: VideoAnswers): Promise<void> {
  await choosePillar(page, answers.pillar)
  await keepFile(page, answers.file)
  await goOn(page)
  await finishVideo(page, answers)
}

/** From what the video tells up to «Revisa tus respuestas». */
export async function finishVideo(page: Page, answers: Omit<VideoAnswers, 'file' | 'pillar'>): Promise<void> {
  await arrive(page, videos('step.texto.title'))
  await page.getByLabel(videos('step.texto.name'), { exact: true }).fill(answers.title)
  await page.getByLabel(videos('step.texto.summary'), { exact: true }).fill(answers.summary ?? 'Un ejemplo.')
  if (answers.transcript) await page.getByLabel(videos('step.texto.transcript')).fill(answers.transcript)
  await goOn(page)
  await answerAuthor(page, answers, videos)
  await arrive(page, videos('step.permisos.title'))
  const boxes = page.getByRole('checkbox')
  const needed = (await boxes.count()) - 1 // the last one is to publish, and may stay empty
  for (let nth = 0; nth < needed; nth += 1) await boxes.nth(nth).check()
  if (answers.publish) await boxes.last().check()
  await goOn(page)
  await arrive(page, videos('step.revisa.title'))
}

/** The whole way from the campaign's page; resolves once the phone has kept it. Answers its id. */
export async function sendVideo(page: Page, answers: VideoAnswers): Promise<string> {
  await beginVideo(page)
  await answerVideo(page, answers)
  await send(page, videos)
  return (await pathOf(page)).split('/').at(-1)!
}

/** The server reads bytes every five seconds, and phones ask every ten: on a slow machine that adds up. */
const LONG = { timeout: 45_000 }

/** A size below ten megabytes in the app's words: «1.2 MB». */
export const megabytes = (bytes: number): string =>
  videos('facts.megabytes', { count: (bytes / 1_000_000).toFixed(1) })

/** What the card of the file says. */
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
  /** The object's name in the bucket of originals. */
  media: string
  status: string
  bytes: number
  /** What was read from the bytes that arrived. */
  found: { bytes: number; sha256: string; mime: string } | null
  public_id: string
}

/** The only row with this title; fails when there is none or more than one. */
export async function onlyVideo(database: pg.Pool, title: string): Promise<KeptVideo> {
  const rows = await videosWith(database, title)
  if (rows.length !== 1) throw new Error(`${rows.length} videos with this title`)
  return rows[0]!
}

/** The rows of the database with this title. */
export async function videosWith(database: pg.Pool, title: string): Promise<KeptVideo[]> {
  const { rows } = await database.query<KeptVideo>(
    `select s.id, s.folio, s.state, v.pillar, v.summary, v.transcript, v.sector, v.municipality, m.id as media,
       m.status, m.bytes::float8 as bytes, m.found, m.public_id
     from app.submissions s join app.videos v on v.submission_id = s.id
       join app.media_uploads m on m.submission_id = s.id where v.title = $1`,
    [title],
  )
  return rows
}

/** Rows that this phone's database keeps of videos: manifests that are sealed, and pieces of any. */
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

/** The bytes of an object, as who may see everything gets them. */
export async function readStored(origin: string, bucket: string, name: string): Promise<Buffer> {
  const response = await fetch(`${origin}/storage/v1/object/authenticated/${bucket}/${name}`, {
    headers: { apikey: SECRET_KEY, authorization: `Bearer ${SECRET_KEY}` },
  })
  if (!response.ok) throw new Error(`storage: ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

/** Whether the bucket holds an object of this name, as who may see everything is told. */
export async function isStored(origin: string, bucket: string, name: string): Promise<boolean> {
  const { status } = await fetch(`${origin}/storage/v1/object/authenticated/${bucket}/${name}`, {
    method: 'HEAD',
    headers: { apikey: SECRET_KEY, authorization: `Bearer ${SECRET_KEY}` },
  })
  if (![200, 400, 404].includes(status)) throw new Error(`storage: ${status}`)
  return status === 200
}
