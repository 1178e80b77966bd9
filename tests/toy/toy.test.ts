// @vitest-environment happy-dom
/**
 * A fourth kind of campaign is one folder (`encuestas/`) and one migration (`migration.sql`). With these two and no
 * other change, the real engine sends its submissions to a real Postgres, staff review them, and both sides see
 * them. Without the folder, the same app treats them as a kind that it does not know.
 */
import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { ISLANDS, type Islands } from '@/campaign/islands'
import { t as shared } from '@/campaign/words'
import { saveItem } from '@/data/items'
import { getSubmission } from '@/data/submissions'
import { listKinds, registerKinds } from '@/domain/kinds'
import { opTraits } from '@/domain/ops'
import type { QueuePage, StaffItem } from '@/domain/staffRows'
import type { PublicRead } from '@/domain/kinds'
import type { Answers } from '@/domain/wire'
import EnvioView from '@/features/envios/EnvioView.vue'
import staffWords from '@/i18n/es-MX/staffKinds.json'
import { registerStaffKinds } from '@/staff/kinds'
import { publicLines } from '@/staff/review/publication'
import ChooseDecision from '@/staff/review/ChooseDecision.vue'
import ReviewDetail from '@/staff/review/ReviewDetail.vue'
import { enqueue } from '@/sync/enqueue'
import { PhoneOf, silent } from '@/sync/testing/phone'
import type { TestServer } from '@/sync/testing/fakeNetwork'
import * as fx from '../sql/fixtures'
import { anon, asActor, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import { feature } from './encuestas/feature'
import { kind } from './encuestas/kind'
import { island } from './encuestas/staff/island'

vi.mock('@/sync/watchSubmission', () => ({ watchSubmission: () => silent })) // the test's own phone asks for news

const CAMPAIGN = '00000000-0000-4000-8000-0000000000ca'
const SUBMISSION = '00000000-0000-4000-8000-00000000005b'
const SECRET = fx.newSecret()

let db: TestDatabase
let phone: PhoneOf<TestServer>

/** `apply_ops` and `pull_changes` of the real database, as PostgREST calls them. */
const server: TestServer = {
  async fetch(url, init) {
    const { headers, body } = { ...init, headers: new Headers(init.headers) }
    const actor = headers.has('authorization') ? fx.moderator : anon
    const fn = new URL(url).pathname.split('/').at(-1)!
    const answer = await (fn === 'apply_ops'
      ? asActor(db, actor, async (client) => {
          const { rows } = await client.query('select public.apply_ops($1) as result', [body])
          return (rows as { result: unknown }[])[0]!.result
        })
      : callAs(db, actor, fn, JSON.parse(String(body)) as Record<string, unknown>))
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } })
  },
}

beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool.query(readFileSync(join(import.meta.dirname, 'migration.sql'), 'utf8'))
  await db.pool.query(
    `insert into app.convocatorias select (jsonb_populate_record(c, $1)).* from app.convocatorias c where id = $2`,
    [{ id: CAMPAIGN, kind: 'encuestas', slug: 'encuesta', title: 'Encuesta' }, fx.OPEN],
  )
  phone = new PhoneOf(server, 1)
})
afterAll(() => db.drop())

const show = (screen: Component, props: Record<string, unknown>, islands: Islands = {}) => {
  const routes = [{ path: '/:rest(.*)*', component: defineComponent(() => () => h('div')) }]
  const plugins = [createPinia(), createRouter({ history: createMemoryHistory(), routes })]
  return mount(screen, { props, global: { plugins, provide: { [ISLANDS as symbol]: islands } } })
}
const statusPage = (islands?: Islands) => show(EnvioView, { id: SUBMISSION }, islands)
const reviewItem = () => callAs(db, fx.moderator, 'review_item', { p_id: SUBMISSION }) as Promise<StaffItem>

/** Sends a poll answer as the form does at «Enviar». */
async function send(): Promise<void> {
  const { consents, consented_at, locale, notice_id, notice_hash } = await fx.propuesta(db)
  const payload = { answer: 'Sí', convocatoria_id: CAMPAIGN, display_name: null, email: null }
  await enqueue(
    {
      kind: 'encuesta.submit',
      entity_id: SUBMISSION,
      payload: { ...payload, consents, consented_at, locale, notice_id, notice_hash },
      secret: SECRET,
    },
    () =>
      saveItem({
        id: SUBMISSION,
        kind: 'encuestas',
        convocatoria_id: CAMPAIGN,
        title: 'Sí',
        secret: SECRET,
        folio: null,
        created_at: new Date().toISOString(),
      }),
    silent,
  )
}

test('an app without the folder sends an op of an unknown kind and shows that it does not know it', async () => {
  expect(opTraits('encuesta.submit'), 'recognised by its verb').toEqual({ submits: true })
  await send()
  const waiting = statusPage()
  await vi.waitFor(() => expect(waiting.text()).toContain(shared('unknown.title')), { timeout: 20_000 })
  await phone.settle()
  expect(await getSubmission(SUBMISSION)).toMatchObject({ kind: 'encuestas', chip: 'received', pending: [] })
  await vi.waitFor(() => expect(waiting.text()).toContain('Ya tenemos tu envío'), { timeout: 20_000 })
  expect(waiting.text()).not.toMatch(/propuesta/iu)
  const review = show(ReviewDetail, { item: { ...(await reviewItem()), consents: [] } }) // this test shows no notice
  expect(review.text()).toContain(staffWords['unknown.text'])
  expect(review.text()).not.toMatch(/propuesta/iu)
})

test('an app with the folder shows the submission in its own words on the status page and in the review', async () => {
  registerKinds([kind])
  registerStaffKinds([island])
  expect(opTraits('encuesta.submit')).toBe(kind.ops['encuesta.submit'])
  const page = statusPage({ encuestas: feature })
  await vi.waitFor(() => expect(page.text()).toContain('Respondiste: Sí'), { timeout: 20_000 })
  expect(page.text()).toContain('Ya tenemos tu respuesta.')
  expect(page.text()).toMatch(/EN-\d{4}-\d{6}-\d/u)
  expect(page.text()).not.toContain(shared('unknown.title'))

  const queue = (await callAs(db, fx.moderator, 'review_queue', { p_kind: 'encuestas' })) as QueuePage
  expect(queue.items).toMatchObject([{ id: SUBMISSION, kind: 'encuestas', excerpt: 'Sí' }])
  const item = await reviewItem()
  expect(show(ReviewDetail, { item }).text()).toContain('Respondió: Sí')
  expect(show(ChooseDecision, { item, toStep: () => '/' }).text()).toContain('Respondió: Sí')
  expect(publicLines(item)[0]).toBe('La respuesta «Sí»')
})

test('staff decide on a submission of the new kind and its author corrects it, and both screens show it', async () => {
  const page = statusPage({ encuestas: feature })
  phone.session = { token: 'moderator', user_id: fx.moderator.sub! }
  const { version } = await reviewItem()
  await enqueue(
    {
      kind: 'review.decide',
      entity_id: SUBMISSION,
      payload: { decision: 'request_correction', message: '¿Por qué?' },
      expected_version: version,
      actor: fx.moderator.sub,
    },
    undefined,
    silent,
  )
  await phone.settle()
  await vi.waitFor(() => expect(page.text()).toContain('¿Por qué?'), { timeout: 20_000 })
  expect(await getSubmission(SUBMISSION)).toMatchObject({ chip: 'correction_requested' })

  const payload = { answer: 'Sí, por el agua' }
  const expected_version = (await reviewItem()).version
  await enqueue(
    { kind: 'encuesta.correct', entity_id: SUBMISSION, payload, secret: SECRET, expected_version },
    undefined,
    silent,
  )
  await vi.waitFor(() => expect(page.text()).toContain('Respondiste: Sí, por el agua'), { timeout: 20_000 })
  await phone.settle()
  expect(await getSubmission(SUBMISSION)).toMatchObject({ chip: 'in_review', pending: [] })
  const item = await reviewItem()
  expect(show(ReviewDetail, { item }).text()).toContain('Respondió: Sí, por el agua')
})

test('the public read that the kind declares has its types in shared code and answers anybody', async () => {
  const read: PublicRead = 'encuesta_counts'
  const counts = (await callAs(db, anon, read, { p_convocatoria: CAMPAIGN })) as Answers['encuesta_counts']
  expect(counts).toEqual({ 'Sí, por el agua': 1 })
  expect(listKinds().find(({ name }) => name === 'encuestas')?.publicReads).toHaveProperty(read)
})
