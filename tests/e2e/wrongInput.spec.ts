import { randomBytes, randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { PropuestaSubmission } from '@/domain/propuesta'
import type { Refusal } from '@/domain/refusals'
import { readOpenCampaign, sendOp, soundSubmission, type OpenCampaign } from './api'
import { untilRow } from './arrivals'
import { rowsWith, uniqueBody, withClock } from './rows'
import { test } from './stage'
import {
  answerAll,
  beginDraft,
  button,
  chooseAbout,
  heading,
  send,
  untilChip,
  untilReadyOffline,
  untilSavedHere,
  pathOf,
} from './steps'
import { chips, folio, propuestas, refusalText } from './words'

let campaign: OpenCampaign
test.beforeAll(async ({ database }) => {
  campaign = await readOpenCampaign(database)
})

const NUL = String.fromCodePoint(0)
const WRONG_BODIES: [name: string, body: string, code: Refusal][] = [
  ['nothing', '', 'body_too_short'],
  ['19 characters', 'x'.repeat(19), 'body_too_short'],
  ['2,001 characters', 'x'.repeat(2001), 'body_too_long'],
  ['2,001 emoji', '🙂'.repeat(2001), 'body_too_long'],
  ['spaces only', ' '.repeat(40), 'body_too_short'],
  ['zero-width characters only', '\u200b'.repeat(40), 'body_too_short'],
  ['a NUL', `Propongo algo de más de veinte${NUL} letras`, 'body_invalid'],
]

/** Types as a script would: what no keyboard can write goes through the same field. */
const put = (page: Page, text: string) =>
  page.getByLabel(propuestas('step.texto.label')).evaluate((box, value) => {
    ;(box as HTMLTextAreaElement).value = value
    box.dispatchEvent(new Event('input', { bubbles: true }))
  }, text)

test('each wrong text gets its message at the field and in the summary, and stays written', async ({
  stage,
}) => {
  const { page, open, errors } = await stage.phone()
  await open(`/c/${campaign.slug}`)
  await beginDraft(page)
  await chooseAbout(page, {})
  const box = page.getByLabel(propuestas('step.texto.label'))
  for (const [name, body, code] of WRONG_BODIES) {
    await put(page, body)
    await button(page, propuestas('form.continue')).click()
    await expect
      .poll(() => page.locator('#body-error').textContent(), { message: name })
      .toContain(refusalText(code))
    expect(
      await page
        .getByRole('alert')
        .getByRole('link', { name: refusalText(code) })
        .count(),
      name,
    ).toBe(1)
    expect(await box.getAttribute('aria-invalid'), name).toBe('true')
    expect(await box.inputValue(), name).toBe(body)
  }
  await page.getByText(propuestas('form.saved')).waitFor()
  await page.reload()
  await expect.poll(() => box.inputValue()).toBe(WRONG_BODIES.at(-1)![1])
  expect(errors).toEqual([])
})

for (const [name, start] of [
  ['HTML', '<b>hola</b><img src=x onerror="document.title=1"><script>document.title=1</script>'],
  ['right-to-left text', 'اقتراحي هو أن تكون المعلومات متاحة للجميع דוגמה'],
  ['emoji', '🙂'.repeat(20)],
  ['zero-width characters inside', `Propongo\u200b más\u200d información`],
] as const)
  test(`${name} is text like any other: shown as written and kept as written`, async ({ stage }) => {
    const body = uniqueBody(start)
    const { page, open, errors } = await stage.phone()
    await open(`/c/${campaign.slug}`)
    await beginDraft(page)
    await answerAll(page, { body })
    await expect.poll(() => page.locator('main').textContent()).toContain(body)
    expect(await page.locator('main img[src=x], main script').count()).toBe(0)
    await send(page)
    await untilRow(stage.database, body)
    expect(errors).toEqual([])
  })

test('wrong names and addresses are stopped at their fields, and nothing is lost', async ({ stage }) => {
  const { page, open } = await stage.phone()
  await open(`/c/${campaign.slug}`)
  await beginDraft(page)
  await chooseAbout(page, {})
  await put(page, uniqueBody())
  const goOn = () => button(page, propuestas('form.continue')).click()
  await goOn()
  await heading(page, propuestas('step.nombre.title')).waitFor()
  await goOn()
  await page.locator('#naming-error').getByText(propuestas('step.nombre.error')).waitFor()
  await page.getByRole('radio', { name: propuestas('step.nombre.named') }).check()
  for (const [name, code] of [
    [' ', 'name_required'],
    ['x'.repeat(81), 'name_too_long'],
  ] as const) {
    await page.getByLabel(propuestas('step.nombre.name')).fill(name)
    await goOn()
    await page.locator('#name-error').getByText(refusalText(code)).waitFor()
    expect(await page.getByLabel(propuestas('step.nombre.name')).inputValue()).toBe(name)
  }
  await page.getByLabel(propuestas('step.nombre.name')).fill('Ana')
  await goOn()
  await page.getByLabel(propuestas('step.sobre-ti.municipality')).fill('Macondo')
  await goOn()
  await page
    .locator('#municipality-error')
    .getByText(propuestas('step.sobre-ti.municipality.error'))
    .waitFor()
  await page.getByLabel(propuestas('step.sobre-ti.municipality')).fill('')
  await goOn()
  await page.getByLabel(propuestas('step.correo.label')).fill('ana@ejemplo')
  await goOn()
  await page.locator('#email-error').getByText(refusalText('email_invalid')).waitFor()
  await page.getByLabel(propuestas('step.correo.label')).fill('')
  await goOn()
  await heading(page, propuestas('step.permisos.title')).waitFor()
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0) // never pre-ticked
  await goOn()
  await page.getByText(refusalText('consent_missing')).first().waitFor()
})

/** Changes something that this phone keeps, behind the app's back. */
const tamper = (page: Page, store: 'drafts' | 'outbox', change: Record<string, unknown>) =>
  page.evaluate(
    ([store, change]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('convoca')
        opening.addEventListener('error', () => reject(opening.error))
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction(store, 'readwrite')
          const cursor = transaction.objectStore(store).openCursor()
          cursor.addEventListener('success', () => {
            const found = cursor.result
            if (!found) return
            const key = store === 'drafts' ? 'answers' : 'payload'
            found.update({ ...found.value, [key]: { ...found.value[key], ...change } })
            found.continue()
          })
          transaction.addEventListener('complete', () => {
            opening.result.close()
            resolve()
          })
        })
      }),
    [store, change] as const,
  )

for (const [name, change, words] of [
  ['an unknown action', { about: randomUUID() }, refusalText('part_unknown')],
  ['an unknown municipality', { municipality: '99999' }, propuestas('step.sobre-ti.municipality.error')],
] as const)
  test(`a draft that names ${name} says so before it can be sent, with the text intact`, async ({
    stage,
  }) => {
    const body = uniqueBody()
    const { page, open } = await stage.phone()
    await open(`/c/${campaign.slug}`)
    await beginDraft(page)
    await answerAll(page, { body })
    const address = await pathOf(page)
    await open('/mas') // the form has written its last
    await tamper(page, 'drafts', change)
    await open(address)
    await page.locator('#missing').getByText(words).waitFor()
    await button(page, propuestas('step.revisa.send')).click()
    await page.getByText(body).first().waitFor()
    expect(await pathOf(page)).toContain('/propuesta/')
    expect(await rowsWith(stage.database, body)).toHaveLength(0)
  })

test('what the server refuses comes back to its field with every word, is mended and sent', async ({
  stage,
}) => {
  const body = uniqueBody()
  const phone = await stage.phone()
  const { page } = phone
  await phone.open()
  await untilReadyOffline(page)
  await phone.open(`/c/${campaign.slug}`)
  await phone.offline(true)
  await beginDraft(page)
  await answerAll(page, { body })
  await send(page)
  await untilSavedHere(page)
  await tamper(page, 'outbox', { municipality: '99999' })
  await phone.offline(false)
  await untilChip(page, chips('needs_attention'))
  expect(await rowsWith(stage.database, body)).toHaveLength(0)
  await page.getByRole('link', { name: propuestas('saved.attention.fix') }).click()
  await button(page, folio('refused.fix')).click()
  await page
    .locator('#municipality-error')
    .getByText(propuestas('step.sobre-ti.municipality.error'))
    .waitFor()
  await page.getByLabel(propuestas('step.sobre-ti.municipality')).fill('Toluca')
  await button(page, propuestas('form.continue')).click()
  await heading(page, propuestas('step.revisa.title')).waitFor()
  await send(page)
  expect(await untilRow(stage.database, body)).toMatchObject({ municipality: '15106' })
})

test('what arrives past the grace is refused in words, and its text stays on the phone', async ({
  stage,
}) => {
  const body = uniqueBody()
  const phone = await stage.phone()
  const { page } = phone
  await phone.open()
  await untilReadyOffline(page)
  await phone.open(`/c/${campaign.slug}`)
  await phone.offline(true)
  await beginDraft(page)
  await answerAll(page, { body })
  await send(page)
  await untilSavedHere(page)
  await withClock(stage.database, '400 days', async () => {
    await phone.offline(false)
    await untilChip(page, chips('needs_attention'))
    await page.getByText(refusalText('convocatoria_closed')).first().waitFor()
    await page.getByRole('link', { name: propuestas('saved.attention.fix') }).click()
    await page.getByText(body).first().waitFor()
    await button(page, folio('refused.copy')).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(body)
  })
  expect(await rowsWith(stage.database, body)).toHaveLength(0)
})

const WRONG_PAYLOADS: [
  name: string,
  change: Partial<Record<keyof PropuestaSubmission, unknown>>,
  code: Refusal,
][] = [
  ...WRONG_BODIES.filter(([name]) => name !== 'a NUL').map(
    ([name, body, code]): [string, { body: string }, Refusal] => [name, { body }, code],
  ),
  ['a NUL', { body: `Propongo algo de más de veinte${NUL} letras` }, 'text_unstorable'],
  ['a bell', { body: 'Propongo algo de más de veinte\u0007 letras' }, 'body_invalid'],
  ['an unknown action', { part_id: randomUUID() }, 'part_unknown'],
  ['no opinion on an action', {}, 'helps_required'],
  ['an opinion on what is missing', { helps: 'yes' }, 'helps_unexpected'],
  ['an unknown sector', { sector: 'realeza' }, 'sector_unknown'],
  ['an unknown municipality', { municipality: '99999' }, 'municipality_unknown'],
  ['a name of 81 characters', { display_name: 'x'.repeat(81) }, 'name_too_long'],
  ['half an address', { email: 'ana@ejemplo' }, 'email_invalid'],
  [
    'no consent',
    {
      consents: [
        { key: 'political_opinions', granted: false },
        { key: 'publish', granted: false },
      ],
    },
    'consent_missing',
  ],
  ['a notice of yesterday', { notice_hash: 'f'.repeat(64) }, 'notice_outdated'],
  ['an unknown convocatoria', { convocatoria_id: randomUUID() }, 'convocatoria_unknown'],
]

for (const [name, change, code] of WRONG_PAYLOADS)
  test(`the server itself refuses ${name}`, async ({ stage }) => {
    const needsAction = name === 'no opinion on an action' ? { part_id: campaign.action.id } : {}
    const payload = { ...soundSubmission(campaign, uniqueBody()), ...needsAction, ...change }
    const secret = randomBytes(16).toString('base64url')
    const verdict = await sendOp(stage.network.origin, {
      kind: 'propuesta.submit',
      entity_id: randomUUID(),
      payload,
      secret,
    })
    expect(verdict).toMatchObject({ status: 'refused', code })
  })
