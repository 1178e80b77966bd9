/** The chips of lists and status pages while submissions and videos are on their way. */
import { createHash } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { announce } from './announce'
import { PATIENCE } from './patience'
import { test } from './stage'
import { keepByLink, untilChip, untilQuiet } from './steps'
import { chips, folio } from './words'

const PIECE = 6 * 1024 * 1024
/** Three pieces of an upload. */
const BYTES = 14_000_000
const HEADER = [0, 0, 0, 24, ...Buffer.from('ftypmp42'), 0, 0, 0, 0, ...Buffer.from('mp42isom')]

/** The hash of a fake video: a header, then zeros. */
const sha256 = () =>
  createHash('sha256')
    .update(Buffer.from(HEADER))
    .update(Buffer.alloc(BYTES - HEADER.length))
    .digest('hex')

/** Stores a sealed copy of that video on the phone, as the form does. */
const seal = (page: Page, row: object) =>
  page.evaluate(
    async ({ row, header, bytes }) => {
      const settle = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result))
          request.addEventListener('error', () => reject(new Error('not kept')))
        })
      const db = await settle(indexedDB.open('convoca'))
      const { id } = row as { id: string }
      const ROW = 1024 * 1024
      for (let seq = 0; seq * ROW < bytes; seq += 1) {
        const data = new Uint8Array(Math.min(ROW, bytes - seq * ROW))
        if (seq === 0) data.set(header)
        const chunks = db.transaction('mediaChunks', 'readwrite').objectStore('mediaChunks')
        await settle(chunks.put({ media_id: id, seq, data: data.buffer }))
      }
      await settle(db.transaction('media', 'readwrite').objectStore('media').put(row))
      db.close()
    },
    { row, header: HEADER, bytes: BYTES },
  )

/** Records every text of the page's chip in order. */
const recordChips = (page: Page) =>
  page.addInitScript(() => {
    const said: string[] = []
    ;(globalThis as unknown as { said: string[] }).said = said
    const look = () => {
      const words = document.querySelector('[data-chip]')?.textContent.trim()
      if (words && said.at(-1) !== words) said.push(words)
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
  })
const saidOf = (page: Page) => page.evaluate(() => (globalThis as unknown as { said: string[] }).said)

test(
  'the chip of a video shows that it waits, then its progress, and “received” only when the whole file has arrived',
  { tag: '@long' },
  async ({ stage }) => {
    const sum = sha256()
    const sent = await announce(stage, { bytes: BYTES, sha256: sum })
    const { page, errors, open, offline } = await stage.phone()
    await keepByLink(page, stage.network.origin, sent)
    await untilChip(page, chips('video_missing'))
    await untilQuiet(page)
    await offline(true)
    await seal(page, {
      id: sent.media,
      submission_id: sent.id,
      state: 'sealed',
      bytes: BYTES,
      mime: 'video/mp4',
      sha256: sum,
      staged_at: Date.now(),
      upload_url: null,
      offset: 0,
      attempts: 0,
      not_before: 0,
      code: null,
      paused: false,
      wifi_only: false,
    })
    await open('/envios')
    await untilChip(page, chips('video_here'))
    await page.getByRole('heading', { name: folio('list.waiting') }).waitFor()
    await recordChips(page)
    await open(`/envios/${sent.id}`)
    await untilChip(page, chips('video_here'))
    const pieces = () => stage.network.calls('upload.PATCH')
    let release = stage.network.hold('upload.PATCH')
    await offline(false)
    const percents = (said: string[]) =>
      said.flatMap((words) => /^Enviando (\d+) %$/u.exec(words)?.[1] ?? []).map(Number)
    for (const sent of [0, 1, 2]) {
      await expect.poll(pieces, PATIENCE).toBe(sent + 1)
      await expect
        .poll(async () => percents(await saidOf(page)).at(-1), PATIENCE)
        .toBe(Math.floor((sent * PIECE * 100) / BYTES))
      const one = release
      release = stage.network.hold('upload.PATCH')
      one()
    }
    release()
    await untilChip(page, chips('received'))
    const said = await saidOf(page)
    const counted = percents(said)
    expect(counted).toEqual(counted.toSorted((a, b) => a - b)) // never back
    expect(said[0]).toBe(chips('video_here'))
    expect(said.filter((words) => words.startsWith(chips('received')))).toHaveLength(1)
    expect(said.at(-1)).toMatch(/^Llegó · folio VI-/u)
    expect(errors).toEqual([])
  },
)
