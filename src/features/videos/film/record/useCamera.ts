/** The open camera of the recorder: which side it looks from, and its end. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { type Facing, hasTwoCameras, release } from '@/media/camera'
import { openFilmCamera } from '@/media/film/camera'

/** Call it in a setup; leaving gives the camera back. `onLost`: the phone took the camera or the microphone away. */
export function useCamera(onLost: () => void) {
  const stream = shallowRef<MediaStream | null>(null)
  /** People who film themselves talk to the screen. */
  const facing = ref<Facing>('user')
  const canTurn = ref(false)
  let isGone = false

  function close(): void {
    if (stream.value) release(stream.value)
    stream.value = null
  }
  /** Faults: those of `openFilmCamera`. */
  async function open(): Promise<void> {
    close()
    const opened = await openFilmCamera(facing.value)
    if (isGone) return release(opened)
    for (const track of opened.getTracks()) track.addEventListener('ended', onLost)
    stream.value = opened
    canTurn.value = await hasTwoCameras()
  }
  async function turn(): Promise<void> {
    facing.value = facing.value === 'user' ? 'environment' : 'user'
    await open()
  }
  onScopeDispose(() => {
    isGone = true
    close()
  })
  return { stream, facing, canTurn, open, close, turn }
}
