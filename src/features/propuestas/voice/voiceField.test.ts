// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { FLUSH } from '@/campaign/form/campaignForm'
import { material } from '@/campaign/testing/material'
import { Fault } from '@/domain/fault'
import { mediaOf } from '@/media/store'
import { appendSlice, beginRecording } from '@/media/recorder/recordings'
import { wipe } from '@/sync/testing/phone'
import StepTexto from '../steps/StepTexto.vue'
import { completeAnswers } from '../testing/answers'
import VoiceField from './VoiceField.vue'

const recorder = vi.hoisted(() => ({
  start: vi.fn(() => Promise.resolve()),
  type: ['x', 'audio/webm'] as unknown,
}))
vi.mock('@/media/voice/useRecorder', async () => {
  const { ref } = await import('vue')
  return {
    MAX_MS: 90_000,
    recordable: () => recorder.type,
    useRecorder: () => ({
      ...recorder,
      state: ref('off'),
      elapsedMs: ref(0),
      stop() {},
      pause() {},
      resume() {},
    }),
  }
})
vi.mock('@/media/measure', () => ({ measure: () => Promise.resolve({ durationMs: 4_000 }) }))

const MEDIA = { id: 'm1', bytes: 195_000, mime: 'audio/webm', duration_ms: 48_000, sha256: 'a'.repeat(64) }
const flush = vi.fn(() => Promise.resolve(true))
const global = { plugins: [createPinia()], provide: { [FLUSH as symbol]: flush } }
const field = (media: typeof MEDIA | null = null) =>
  mount(VoiceField, { props: { media, draftId: 's1' }, global, attachTo: document.body })

beforeEach(async () => {
  await wipe()
  vi.clearAllMocks()
  recorder.type = ['x', 'audio/webm']
})

test('without a recorder the field offers a file only, and says so', async () => {
  recorder.type = null
  const shown = field()
  await flushPromises()
  expect(shown.text()).toContain('Este navegador no graba.')
  expect(shown.findAll('button').map((one) => one.text())).toEqual(['Elegir un audio'])
})

test('a refused microphone is said, with what to do instead, and the draft was on disk before', async () => {
  recorder.start.mockImplementation(() => {
    expect(flush).toHaveBeenCalledOnce()
    return Promise.reject(new Fault('microphone_refused', false))
  })
  const shown = field()
  await flushPromises()
  await shown.get('button').trigger('click')
  await flushPromises()
  expect(shown.get('[role=alert]').text()).toContain('No hay permiso para usar el micrófono.')
})

test('a recording that the end of the page interrupted is kept when the form opens again', async () => {
  await appendSlice(await beginRecording('s1', 'audio/webm'), 0, new Blob(['sound']))
  const shown = field()
  await vi.waitFor(() => expect(flush).toHaveBeenCalled())
  const kept = (await mediaOf('s1'))!
  expect(shown.emitted('change')!.at(-1)).toEqual([
    { media: { id: kept.id, bytes: 5, mime: 'audio/webm', sha256: kept.sha256, duration_ms: 4_000 } },
  ])
})

test('a kept recording shows its length and what it costs, and is deleted after a question', async () => {
  const shown = field(MEDIA)
  await flushPromises()
  expect(shown.text()).toContain('0:48 · 195 KB')
  await shown.get('button').trigger('click')
  const confirm = [...document.querySelectorAll('dialog button')].find((one) =>
    one.textContent.includes('Borrar la grabación'),
  ) as HTMLButtonElement
  confirm.click()
  await vi.waitFor(() => expect(shown.emitted('change')).toEqual([[{ media: null }]]))
})

const step = (consents: { key: string }[], media: typeof MEDIA | null) =>
  mount(StepTexto, {
    props: {
      answers: { ...completeAnswers(), media },
      material: { ...material, notice: { ...material.notice, consents: consents as never } },
      errors: {},
      draftId: 's1',
    },
    global,
  })

test('the step asks for the voice where the notice does, and for no text once there is a recording', async () => {
  const silent = step([{ key: 'publish' }], null)
  const asking = step([{ key: 'voice' }], null)
  const spoken = step([{ key: 'voice' }], MEDIA)
  await vi.waitFor(() => expect(asking.text()).toContain('O dilo con tu voz'))
  expect(silent.text()).not.toContain('O dilo con tu voz')
  expect([silent, asking, spoken].map((one) => one.find('textarea').exists())).toEqual([true, true, false])
})
