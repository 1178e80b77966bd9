/** What a desk keeps at hand: colleagues to assign to, and the ready-made replies that the institution edits. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TEMPLATE_CODES, refuseTemplate, TEMPLATE_MAX, type TemplateCode } from '@/domain/replyTemplates'
import type { DeskKit, ReplyTemplates } from '@/domain/staffRows'
import { type Actor, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const kit = (actor: Actor) => callAs(db, actor, 'desk_kit') as Promise<DeskKit>
const save = (actor: Actor, p_expected_version: number, p_texts: unknown) =>
  callAs(db, actor, 'save_reply_templates', { p_expected_version, p_texts }) as Promise<ReplyTemplates>
const version = async () => (await kit(fx.moderator)).templates.version

test('a member sees the colleagues who may decide where they decide themselves, and nobody else', async () => {
  const limited = await fx.addStaff(db, 'moderator', { convocatoria: fx.OPEN })
  const elsewhere = await fx.addStaff(db, 'moderator', { convocatoria: fx.HISTORIC })
  const gone = await fx.addStaff(db, 'moderator', { active: false })
  const seenBy = async (actor: Actor) =>
    new Map((await kit(actor)).members.map(({ id, convocatorias }) => [id, convocatorias]))
  const all = await seenBy(fx.coordinator)
  expect(all.get(limited.sub!)).toEqual([fx.OPEN])
  expect(all.get(fx.moderator.sub!)).toBeNull()
  expect(all.has(gone.sub!)).toBe(false)
  const some = await seenBy(limited)
  expect(some.has(fx.moderator.sub!)).toBe(true)
  expect(some.has(elsewhere.sub!)).toBe(false)
  expect((await kit(fx.auditor)).members).toEqual([])
})

test('the institution’s replies are saved, read by all who read submissions, and one editor comes after the other', async () => {
  const before = await version()
  const texts = { off_topic: '  No publicaremos {envio}.\u200b ', accept: '' }
  const saved = await save(fx.coordinator, before, texts)
  expect(saved).toEqual({ version: before + 1, texts: { off_topic: 'No publicaremos {envio}.', accept: '' } })
  expect((await kit(fx.auditor)).templates).toEqual(saved)
  await expect(save(fx.admin, before, {})).rejects.toThrow('conflict')
  expect((await save(fx.admin, saved.version, {})).texts).toEqual({})
})

test('moderators, auditors, and coordinators of one campaign do not edit them', async () => {
  const limited = await fx.addStaff(db, 'coordinator', { convocatoria: fx.OPEN })
  for (const actor of [fx.moderator, fx.auditor, limited])
    await expect(save(actor, await version(), {})).rejects.toThrow('not_allowed')
})

const TEXTS = [
  'Sin nada especial.',
  'Tu {envio}',
  'Repite {folio} y {envio}',
  'Un {nombre} mal',
  'Una llave { suelta',
  'x'.repeat(TEMPLATE_MAX),
  'x'.repeat(TEMPLATE_MAX + 1),
]
test.each(TEMPLATE_CODES.flatMap((code) => TEXTS.map((text) => [code, text] as const)))(
  'the server says of the reply «%s» the same as the app: %s',
  async (code: TemplateCode, text) => {
    const { rows } = await db.pool.query<{ problem: string | null }>(
      'select app.template_problem($1, $2) as problem',
      [code, text],
    )
    expect(rows[0]!.problem).toBe(refuseTemplate(code, text))
  },
)

test('a wrong variable is refused at its reply, and an unknown reply or no text as malformed', async () => {
  const now = await version()
  const refused = save(fx.coordinator, now, { accept: 'Bien', propaganda: 'Por {razón}' })
  await expect(refused).rejects.toMatchObject({ message: 'template_variable', detail: 'propaganda' })
  await expect(save(fx.coordinator, now, { greeting: 'Hola' })).rejects.toThrow('malformed_op')
  await expect(save(fx.coordinator, now, { accept: 3 })).rejects.toThrow('malformed_op')
  expect(await version()).toBe(now)
})

test('the codes of the app and of the server are the same', async () => {
  const { rows } = await db.pool.query<{ codes: string[] }>('select app.template_codes() as codes')
  expect(rows[0]!.codes).toEqual(TEMPLATE_CODES)
})
