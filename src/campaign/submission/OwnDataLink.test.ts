// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { Fault } from '@/domain/fault'
import type { SubmissionRow } from '@/domain/rows'
import { ISLANDS } from '../islands'
import OwnDataLink from './OwnDataLink.vue'
import { t } from './statusWords'

const { downloadFile } = vi.hoisted(() => ({ downloadFile: vi.fn<(name: string, file: Blob) => void>() }))
vi.mock('./ownData', async (real) => ({ ...(await real<object>()), downloadFile }))

const row = { id: 's1', kind: 'x', folio: 'PR-1', convocatoria_id: 'c1' } as SubmissionRow

/** Downloads, where the kinds answer like this. Answers what the file and the screen say. */
async function download(...ownData: (() => Promise<object>)[]) {
  const islands = Object.fromEntries(ownData.map((one, place) => [place, { ownData: one }]))
  const page = mount(OwnDataLink, {
    props: { row, secret: 'clave' },
    global: { provide: { [ISLANDS as symbol]: { ...islands, without: {} } } },
  })
  await page.get('button').trigger('click')
  await vi.waitFor(() => expect(downloadFile).toHaveBeenCalled())
  await flushPromises()
  const [name, file] = downloadFile.mock.lastCall!
  downloadFile.mockReset()
  return { name, file: JSON.parse(await file.text()) as unknown, screen: page.text() }
}

test('«Mis datos» has what every kind has of its author, whatever the kind of the submission, and no secret', async () => {
  const comments = vi.fn<() => Promise<object>>(() => Promise.resolve({ comments: ['Faltó un acuerdo.'] }))
  const { name, file, screen } = await download(comments, () => Promise.resolve({ other: 1 }))
  expect(comments).toHaveBeenCalledWith(row, 'clave')
  expect([name, file]).toMatchObject([
    'PR-1.json',
    { submission: row, besides: { comments: ['Faltó un acuerdo.'], other: 1 } },
  ])
  expect(JSON.stringify(file)).not.toContain('clave')
  expect(screen).not.toContain(t('sent.export.short'))
})

test('without signal the file has the submission, and the screen says what it lacks', async () => {
  const { file, screen } = await download(() => Promise.reject(new Fault('offline', true)))
  expect(file).toMatchObject({ submission: row, besides: null })
  expect(screen).toContain(t('sent.export.short'))
})
