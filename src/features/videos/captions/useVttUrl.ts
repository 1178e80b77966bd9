/** An address of captions for the element `track`, from our own origin: no other one may be named there without asking it. */
import { onScopeDispose, ref, watch } from 'vue'
import { type Cue, vttOf } from '../../../../supabase/functions/_shared/media/vtt'

/** Typing makes the file anew after a moment of rest. */
const REST_MS = 300

/** Null without captions. */
export function useVttUrl(cues: () => readonly Cue[] | null | undefined) {
  const url = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  function make() {
    const before = url.value
    const now = cues()
    url.value = now?.length ? URL.createObjectURL(new Blob([vttOf(now)], { type: 'text/vtt' })) : null
    if (before) URL.revokeObjectURL(before)
  }
  make()
  watch(cues, () => {
    clearTimeout(timer)
    timer = setTimeout(make, REST_MS)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    if (url.value) URL.revokeObjectURL(url.value)
  })
  return url
}
