// @vitest-environment happy-dom
/** Two tabs with one draft: each is the real form's draft over one database. */
import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope, ref } from 'vue'
import { db } from '@/data/db'
import { discardDraft, forgetDraft, getDraft, listDrafts } from '@/data/drafts'
import { saveItem } from '@/data/items'
import { material } from '../testing/material'
import type { CommonAnswers } from './answers'
import { emptyCommon, readCommon } from './answers'
import { useDraft } from './useDraft'

const PATIENCE = { timeout: 20_000 }
let id = ''
const scopes: EffectScope[] = []
beforeEach(async () => {
  id = randomUUID()
  await Promise.all(db.tables.map((table) => table.clear()))
})
afterEach(() => {
  for (const scope of scopes.splice(0)) scope.stop()
  vi.restoreAllMocks()
})

/** A tab that opens the draft. */
async function openTab() {
  const stored = (await getDraft(id))?.answers
  const start = { id, stored, answers: stored ? readCommon(stored) : emptyCommon() }
  const scope = effectScope()
  scopes.push(scope)
  return scope.run(() => useDraft(start, readCommon, material.convocatoria, ref('nombre')))!
}
type Tab = Awaited<ReturnType<typeof openTab>>

async function type(tab: Tab, name: string) {
  tab.change({ name })
  expect(await tab.flush()).toBe(true)
}
const follows = (tab: Tab, name: string) =>
  vi.waitFor(() => expect([tab.answers.value.name, tab.news.value]).toEqual([name, 'followed']), PATIENCE)
const names = async () => (await listDrafts()).map(({ answers }) => (answers as Partial<CommonAnswers>).name)

test('a tab follows what another tab writes in the same draft and says so, in turn', async () => {
  const first = await openTab()
  await type(first, 'Ana')
  const second = await openTab()
  await type(first, 'Ana María')
  await follows(second, 'Ana María')
  await type(second, 'Ana María Ruiz')
  expect(second.news.value).toBe(null)
  await follows(first, 'Ana María Ruiz')
  expect(await names()).toEqual(['Ana María Ruiz'])
})

test('two tabs that open a new draft under one address write one draft', async () => {
  const [first, second] = [await openTab(), await openTab()]
  await type(first, 'Ana')
  await follows(second, 'Ana')
  await type(second, 'Ana Ruiz')
  expect(await names()).toEqual(['Ana Ruiz'])
})

test('texts written in two tabs at the same time are both kept, and each tab saves its own from then on', async () => {
  const first = await openTab()
  await type(first, 'Ana')
  const second = await openTab()
  first.change({ name: 'Ana de aquí' })
  second.change({ name: 'Ana de allá' })
  await Promise.all([first.flush(), second.flush()])
  expect((await names()).sort()).toEqual(['Ana de allá', 'Ana de aquí'])
  expect([first.news.value, second.news.value]).toEqual([null, 'moved'])
  expect([first.id.value, second.id.value === id]).toEqual([id, false])
  await type(second, 'Ana de allá, luego')
  await type(first, 'Ana de aquí, luego')
  expect((await names()).sort()).toEqual(['Ana de allá, luego', 'Ana de aquí, luego'])
})

test('a tab that slept replaces nothing that another tab saved meanwhile', async () => {
  const first = await openTab()
  await type(first, 'Ana')
  const asleep = await openTab()
  vi.spyOn(asleep.text.shared, 'look').mockResolvedValue(null)
  scopes.at(-1)!.stop() // a frozen page follows nothing
  await type(first, 'Ana María')
  await type(asleep, 'Ana Ruiz')
  expect((await names()).sort()).toEqual(['Ana María', 'Ana Ruiz'])
})

const send = () =>
  db.transaction('rw', db.drafts, db.items, async () => {
    const { convocatoria } = material
    await saveItem({
      id,
      kind: convocatoria.kind,
      convocatoria_id: convocatoria.id,
      title: 'Ana',
      secret: 's',
      folio: null,
      created_at: '2026-11-01T00:00:00Z',
    })
    await forgetDraft(id)
  })

test('a tab says that another tab has sent its draft', async () => {
  const first = await openTab()
  await type(first, 'Ana')
  const second = await openTab()
  await send()
  await vi.waitFor(() => expect(second.news.value).toBe('sent'), PATIENCE)
})

test('what a tab types after another tab has sent the draft is kept in a draft of its own', async () => {
  const first = await openTab()
  await type(first, 'Ana')
  const second = await openTab()
  second.change({ name: 'Ana, y algo más' })
  await send()
  expect(await second.flush()).toBe(true)
  expect([second.state.value, second.news.value]).toEqual(['saved', 'moved'])
  expect(await names()).toEqual(['Ana, y algo más'])
  expect((await listDrafts())[0]!.id).toBe(second.id.value)
  expect(second.id.value).not.toBe(id)
})

test('a tab says that another tab has discarded its draft, and what is typed then is saved', async () => {
  const first = await openTab()
  await type(first, 'Ana')
  await discardDraft(id)
  await vi.waitFor(() => expect(first.news.value).toBe('gone'), PATIENCE)
  await type(first, 'Ana otra vez')
  expect([await names(), first.news.value]).toEqual([['Ana otra vez'], null])
})
