// @vitest-environment happy-dom
import { effectScope, nextTick, shallowRef } from 'vue'
import { expect, test, vi } from 'vitest'
import type { Cue } from '@/domain/video'
import { useVttUrl } from './useVttUrl'

test('the file of captions holds their words as words, and follows them after a moment of rest', async () => {
  vi.useFakeTimers()
  const files: Blob[] = []
  const revoked = vi.fn()
  vi.stubGlobal(
    'URL',
    Object.assign(URL, {
      createObjectURL: (file: Blob) => `blob:${files.push(file)}`,
      revokeObjectURL: revoked,
    }),
  )
  const cues = shallowRef<Cue[] | null>([
    { at: 0, to: 1_500, text: 'Uno --> <b>dos</b> &\n\ntres' },
    { at: 3_600_000, to: 3_661_020, text: 'Fin.' },
  ])
  const scope = effectScope()
  const url = scope.run(() => useVttUrl(() => cues.value))!
  expect(await files[0]!.text()).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nUno --&gt; &lt;b&gt;dos&lt;/b&gt; &amp;\ntres' +
      '\n\n01:00:00.000 --> 01:01:01.020\nFin.\n',
  )
  cues.value = null
  await nextTick()
  expect(url.value).toBe('blob:1')
  vi.advanceTimersByTime(300)
  expect(url.value).toBeNull()
  expect(revoked).toHaveBeenCalledWith('blob:1')
  scope.stop()
  vi.useRealTimers()
})
