// @vitest-environment happy-dom
/** Two tabs with one section of the studio. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { db } from '@/data/db'
import { Fault } from '@/domain/fault'
import type { SectionAnswer } from '@/domain/campaignDraft'
import { type SectionEditor, useSection } from './useSection'

const PATIENCE = { timeout: 20_000 }
const server = vi.hoisted(() => ({ version: 1, data: { title: 'Consulta' } as object, isOffline: false }))
const answerNow = () =>
  ({ section: 'textos', ...structuredClone(server), problems: [] }) as unknown as SectionAnswer
vi.mock('@/data/staff/client', () => ({
  supabase: { rpc: (_: string, args: { p_expected_version: number; p_data: object }) => args },
  answerOf: async ({ p_expected_version, p_data }: { p_expected_version: number; p_data: object }) => {
    if (server.isOffline) throw new Fault('offline', true)
    if (p_expected_version !== server.version) throw new Fault('conflict', false)
    Object.assign(server, { version: server.version + 1, data: p_data })
    return { ...answerNow(), revision: server.version }
  },
}))

const scopes: EffectScope[] = []
beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  Object.assign(server, { version: 1, data: { title: 'Consulta' }, isOffline: false })
})
afterEach(() => {
  for (const scope of scopes.splice(0)) scope.stop()
})

async function openTab() {
  const scope = effectScope()
  scopes.push(scope)
  const around = {
    userId: 'yo',
    campaignId: 'c1',
    onSaved: () => undefined,
    readAgain: async () => answerNow(),
  }
  const editor = scope.run(() => useSection(answerNow(), around))!
  await editor.resume()
  return editor
}
function type(editor: SectionEditor, title: string) {
  editor.data.value['title'] = title
  editor.touch()
}
const shows = (editor: SectionEditor, title: string, status: string) =>
  vi.waitFor(
    () => expect([editor.data.value['title'], editor.status.value]).toEqual([title, status]),
    PATIENCE,
  )

test('a tab follows a section while another tab writes it, and knows when the server has it', async () => {
  const [first, second] = [await openTab(), await openTab()]
  server.isOffline = true
  type(first, 'Consulta sobre')
  await first.flush()
  await shows(second, 'Consulta sobre', 'waiting')
  expect(second.news.value).toBe('followed')
  server.isOffline = false
  await first.saveNow()
  await shows(second, 'Consulta sobre', 'saved')
  expect([second.base.value, server.version]).toEqual([{ title: 'Consulta sobre' }, 2])
})

test('a section that both tabs wrote at the same time is kept twice, and neither is lost when one is sent', async () => {
  const [first, second] = [await openTab(), await openTab()]
  server.isOffline = true
  type(first, 'Aquí')
  type(second, 'Allá')
  await Promise.all([first.flush(), second.flush()])
  const titles = async () =>
    (await db.meta.toArray()).map(({ value }) => (value as { data: { title: string } }).data.title).sort()
  expect(await titles()).toEqual(['Allá', 'Aquí'])
  server.isOffline = false
  await first.saveNow()
  await vi.waitFor(async () => expect(await titles()).toEqual(['Allá']), PATIENCE)
  await second.saveNow()
  expect([second.status.value, await titles()]).toEqual(['conflict', ['Allá']])
})
