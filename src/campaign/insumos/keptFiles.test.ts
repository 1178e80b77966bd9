// @vitest-environment happy-dom
/** What a phone says of a file that it wants to keep and cannot have. */
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PublicFile } from '@/domain/insumo'
import words from '@/i18n/es-MX/insumos.json'
import KeepFile from './KeepFile.vue'
import { useKeptFilesStore } from './keptFilesStore'

const FILE: PublicFile = {
  id: 'f1',
  mime: 'application/pdf',
  bytes: 3,
  sha256: 'a'.repeat(64),
  facts: {},
  object: 'former.pdf',
}

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.unstubAllGlobals())

test.each([
  [400, 'failed.gone'],
  [404, 'failed.gone'],
  [410, 'failed.gone'],
  [503, 'failed.server'],
] as const)('of a file that storage answers with %i the phone says «%s»', async (status, said) => {
  vi.stubGlobal('fetch', async () => new Response('{}', { status }))
  const shown = mount(KeepFile, { props: { file: FILE, convocatoriaId: 'c1' } })
  await useKeptFilesStore().keep(FILE, 'c1')
  expect(shown.find('[role=status]').text()).toBe(words[said])
  expect(useKeptFilesStore().kept.size).toBe(0)
})

test('bytes that are not those of the file are not kept', async () => {
  vi.stubGlobal('fetch', async () => new Response('abc'))
  await useKeptFilesStore().keep(FILE, 'c1')
  expect(useKeptFilesStore().fetching.get(FILE.sha256)).toMatchObject({ state: 'failed', code: 'changed' })
})
