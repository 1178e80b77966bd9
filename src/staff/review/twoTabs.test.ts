// @vitest-environment happy-dom
/** Two tabs with one form of staff (replies, transcripts, changed days and sections of the studio all use it). */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope, reactive } from 'vue'
import { db } from '@/data/db'
import { enqueue } from '@/sync/enqueue'
import { createKeeping } from './useKeeping'

const PATIENCE = { timeout: 20_000 }
const scopes: EffectScope[] = []
beforeEach(() => Promise.all(db.tables.map((table) => table.clear())))
afterEach(() => {
  for (const scope of scopes.splice(0)) scope.stop()
})

interface Form {
  text: string
}

/** A tab that opens the form. */
async function openTab() {
  const form = reactive<Form>({ text: '' })
  const scope = effectScope()
  scopes.push(scope)
  const show = (kept?: Form) => Object.assign(form, kept ?? { text: '' })
  const keeping = scope.run(() =>
    createKeeping<Form>('yo', 'v1', 'reject', { current: () => form, adopt: show }),
  )!
  show(await keeping.find())
  return { form, keeping }
}
type Tab = Awaited<ReturnType<typeof openTab>>

function write({ form, keeping }: Tab, text: string) {
  form.text = text
  keeping.touch()
  return keeping.flush()
}
const until = (isSo: () => void) => vi.waitFor(isSo, PATIENCE)
const onDisk = async () => (await db.meta.toArray()).map(({ value }) => (value as Form).text).sort()
const othersOf = ({ keeping }: Tab) => keeping.others.value.map(({ text }) => text.text)

/** Two tabs that wrote different texts at the same time. */
async function openApart() {
  const first = await openTab()
  await write(first, 'No procede.')
  const second = await openTab()
  await Promise.all([write(first, 'No procede: aquí.'), write(second, 'No procede: allá.')])
  await until(() => expect(othersOf(first)).toEqual(['No procede: allá.']))
  await until(() => expect(othersOf(second)).toEqual(['No procede: aquí.']))
  return { first, second }
}

test('a tab follows what another tab writes in the same form and says so', async () => {
  const [first, second] = [await openTab(), await openTab()]
  await write(first, 'No procede.')
  await until(() =>
    expect([second.form.text, second.keeping.news.value]).toEqual(['No procede.', 'followed']),
  )
  await write(second, 'No procede, porque…')
  await until(() => expect(first.form.text).toBe('No procede, porque…'))
  expect([await onDisk(), second.keeping.news.value]).toEqual([['No procede, porque…'], null])
})

test('texts written in two tabs at the same time are both kept and shown in both', async () => {
  const { first, second } = await openApart()
  expect(await onDisk()).toEqual(['No procede: allá.', 'No procede: aquí.'])
  await write(second, 'No procede: allá, luego.')
  await write(first, 'No procede: aquí, luego.')
  expect(await onDisk()).toEqual(['No procede: allá, luego.', 'No procede: aquí, luego.'])
})

test('to go on with the other text loses neither, and to drop it deletes only that one', async () => {
  const { first, second } = await openApart()
  await second.keeping.take(second.keeping.others.value[0]!)
  expect([second.form.text, await onDisk()]).toEqual([
    'No procede: aquí.',
    ['No procede: allá.', 'No procede: aquí.'],
  ])
  await until(() =>
    expect([first.form.text, othersOf(second)]).toEqual(['No procede: allá.', ['No procede: allá.']]),
  )
  await second.keeping.dropOther(second.keeping.others.value[0]!)
  expect(await onDisk()).toEqual(['No procede: aquí.'])
})

test('after one tab has sent its text, the other one is found when the form opens again', async () => {
  const { first, second } = await openApart()
  const op = { kind: 'review.decide', entity_id: 'v1', payload: {}, actor: 'yo' } as const
  await enqueue(op, first.keeping.drop, () => undefined)
  first.keeping.settle()
  expect(await onDisk()).toEqual(['No procede: allá.'])
  for (const scope of scopes.splice(0)) scope.stop()
  const again = await openTab()
  expect([again.form.text, othersOf(again)]).toEqual(['No procede: allá.', []])
  await write(again, 'No procede, al final.')
  expect([await onDisk(), second.form.text]).toEqual([['No procede, al final.'], 'No procede: allá.'])
})

test('a tab learns that another tab has sent the text that both show', async () => {
  const first = await openTab()
  await write(first, 'No procede.')
  const second = await openTab()
  await first.keeping.forget()
  await until(() => expect([second.form.text, second.keeping.news.value]).toEqual(['', 'gone']))
  expect([first.keeping.news.value, await onDisk()]).toEqual([null, []])
})
