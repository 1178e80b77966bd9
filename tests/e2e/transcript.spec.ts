/** A transcript by staff is never lost, neither to a colleague who saved first nor to a revoked role. */
import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { clip } from './clips'
import { PATIENCE } from './patience'
import { type Stage, test } from './stage'
import { decideLink, makeMember, type Member, openReview, signIn } from './staffSteps'
import { button, heading } from './steps'
import { announceVideo, type SentVideo, transcribeByApi } from './videoApi'
import { onlyVideo, readVideoCampaign } from './videoSteps'
import { kinds, staff } from './words'

const MINE = 'Buenas tardes. Les cuento lo que pasó en mi colonia.'
const THEIRS = 'Buenas tardes, les cuento de la colonia.'

let other: Member
test.beforeAll(async ({ database }) => {
  other = await makeMember(database, 'Pablo Primero')
})

/** Opens the review of a video without transcript as a member who may write it. */
async function begin(stage: Stage, name: string) {
  const { database, network } = stage
  const recorded = await clip(stage.scratch, 'recorded.webm')
  const title = `Sin transcripción (${randomUUID()})`
  const campaign = await readVideoCampaign(database)
  const sent = await announceVideo(network.origin, campaign, recorded, title, { transcript: null })
  const phone = await stage.phone()
  await signIn(phone.page, network.origin, await makeMember(database, name))
  await openReview(phone.page, sent.folio)
  await fieldOf(phone.page).waitFor()
  return { ...phone, sent }
}

const fieldOf = (page: Page) => page.locator('#transcript')
const transcriptOf = async (stage: Stage, { title }: SentVideo) =>
  (await onlyVideo(stage.database, title)).transcript

async function write(page: Page, text: string): Promise<void> {
  await fieldOf(page).fill(text)
  await button(page, kinds('transcript.save')).click()
}

const confirmRemoval = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: staff('own.remove'), exact: true })
    .click()

/** Saves the other member's transcript first. */
const isFirst = (stage: Stage, { id }: SentVideo) => transcribeByApi(stage.network.origin, other, id, THEIRS)

test(
  'of two who write a transcript, the second sees both, even after a reload, and can edit the own one before replacing the other',
  { tag: '@long' },
  async ({ stage }) => {
    const { page, sent, errors } = await begin(stage, 'Tina Transcribe')
    await isFirst(stage, sent)
    await write(page, MINE)
    await page.getByText(kinds('transcript.conflict')).waitFor()
    await page.reload()
    await page.getByText(kinds('transcript.conflict')).waitFor()
    await page.getByText(MINE).waitFor()
    await page.getByText(THEIRS).waitFor()
    expect(await transcriptOf(stage, sent)).toBe(THEIRS)
    await button(page, kinds('transcript.edit')).click()
    expect(await fieldOf(page).inputValue()).toBe(MINE)
    await fieldOf(page).fill(`${MINE} Gracias.`)
    await page.getByText(THEIRS).waitFor() // still shown for comparison
    await button(page, kinds('transcript.save')).click()
    await expect.poll(() => transcriptOf(stage, sent), PATIENCE).toBe(`${MINE} Gracias.`)
    await page.getByText(staff('event.transcribed')).nth(1).waitFor()
    await decideLink(page).waitFor() // nothing blocks a decision
    expect(errors).toEqual([])
  },
)

test(
  'a member who keeps the saved transcript discards the own one, and nothing stays unsent',
  { tag: '@long' },
  async ({ stage }) => {
    const { page, sent } = await begin(stage, 'Tere Transige')
    await isFirst(stage, sent)
    await write(page, MINE)
    await button(page, kinds('transcript.keep_theirs')).click()
    await expect.poll(() => fieldOf(page).inputValue()).toBe(THEIRS)
    await decideLink(page).waitFor()
    await page.reload()
    await expect.poll(() => fieldOf(page).inputValue()).toBe(THEIRS)
    expect(await transcriptOf(stage, sent)).toBe(THEIRS)
  },
)

test(
  'an unsaved transcript never replaces a newer one that the member has not seen',
  { tag: '@long' },
  async ({ stage }) => {
    const { page, sent } = await begin(stage, 'Toña Teclea')
    await fieldOf(page).fill(MINE)
    await page.goBack() // before the autosave
    await heading(page, staff('queue.title')).waitFor()
    await isFirst(stage, sent)
    await page.goto(`${stage.network.origin}/equipo/revision/${sent.id}`)
    await page.getByText(kinds('transcript.conflict')).waitFor()
    await page.getByText(MINE).waitFor()
    await page.getByText(THEIRS).waitFor()
    await button(page, kinds('transcript.keep_mine')).click()
    await expect.poll(() => transcriptOf(stage, sent), PATIENCE).toBe(MINE)
  },
)

test(
  'a transcript that can no longer be saved can be copied and removed, and then decisions are possible',
  { tag: '@long' },
  async ({ stage }) => {
    const { page, context, sent } = await begin(stage, 'Tomás Tardó')
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await stage.database.query(
      `with v as (update app.videos set transcript = 'La puso su autora.', transcribed = false where submission_id = $1 returning 1)
     update app.submissions set version = version + 1 where id = $1`,
      [sent.id],
    )
    await write(page, MINE)
    await page.getByText(kinds('transcript.held'), { exact: true }).waitFor()
    await page.getByText('La puso su autora.').waitFor()
    expect(await decideLink(page).count()).toBe(0)
    await button(page, staff('own.copy')).click()
    await page.getByText(staff('own.copied')).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(MINE)
    await button(page, kinds('transcript.remove')).click()
    await page.getByRole('dialog').getByText(MINE).waitFor() // the dialog shows the text once more
    await confirmRemoval(page)
    await decideLink(page).waitFor()
  },
)

test(
  'a member with a revoked role still finds the unsaved transcript',
  { tag: '@long' },
  async ({ stage }) => {
    const { page, sent } = await begin(stage, 'Tadeo Retirado')
    await stage.database.query('update app.staff set active = false where name = $1', ['Tadeo Retirado'])
    await write(page, MINE)
    await page.getByText(kinds('transcript.stopped')).waitFor()
    await page.goto(`${stage.network.origin}/equipo/revision/${sent.id}`)
    await page.getByText(staff('state.denied_title')).waitFor()
    await page.getByText(MINE).first().waitFor()
    await button(page, kinds('transcript.remove')).click()
    await confirmRemoval(page)
    await heading(page, staff('norole.title')).waitFor()
    expect(await transcriptOf(stage, sent)).toBeNull()
  },
)
