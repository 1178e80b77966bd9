/** The small pictures of a video's strip, as they are drawn. */
import { onScopeDispose, ref } from 'vue'
import { drawStrip } from '@/media/film/filmer'
import { spread } from '@/media/film/part'

export interface Shot {
  atS: number
  url: string
}

/** So many fit side by side on a narrow phone, each wide enough for a finger. */
const SHOTS = 8
/** Sharp on a screen of two pixels a point. */
const HEIGHT_PX = 128

/** Call it in a setup. None is drawn where this browser cannot. */
export function useStrip(file: Blob, durationS: number) {
  const shots = ref<Shot[]>([])
  const isDrawing = ref(true)
  const running = new AbortController()
  drawStrip({ file, atS: spread(durationS, SHOTS), height: HEIGHT_PX }, running.signal, (atS, picture) =>
    shots.value.push({ atS, url: URL.createObjectURL(picture) }),
  )
    .catch(() => undefined)
    .finally(() => (isDrawing.value = false))
  onScopeDispose(() => {
    running.abort()
    for (const { url } of shots.value) URL.revokeObjectURL(url)
  })
  return { shots, isDrawing }
}
