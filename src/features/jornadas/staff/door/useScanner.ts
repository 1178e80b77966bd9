/** Reads codes from the camera while its page is open and visible. Otherwise the camera is off. */
import { onMounted, onScopeDispose, ref, type ShallowRef } from 'vue'
import { canScan, makeDetector, makeSight, openCamera, troubleOf, type CameraTrouble } from './camera'

const LOOK_MS = 200

export type ScannerState = 'starting' | 'watching' | CameraTrouble
type OnCode = (text: string) => Promise<void>

/** Looks for a code every `LOOK_MS` until stopped. The next look waits for `onCode`. Returns the stop function. */
function watchCodes(video: HTMLVideoElement, isNew: ReturnType<typeof makeSight>, onCode: OnCode) {
  const detector = makeDetector()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  const look = async () => {
    const codes = await detector.detect(video).catch(() => [])
    const text = codes[0]?.rawValue ?? null
    if (!isStopped && isNew(text, Date.now())) await onCode(text!)
    if (!isStopped) timer = setTimeout(look, LOOK_MS)
  }
  timer = setTimeout(look, LOOK_MS)
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

/** Starts when the page is mounted or visible again; stops when it is hidden or left. */
function whileSeen(start: () => Promise<void>, stop: () => void): void {
  const onVisibility = () => (document.visibilityState === 'visible' ? void start() : stop())
  document.addEventListener('visibilitychange', onVisibility)
  onMounted(start)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onVisibility)
    stop()
  })
}

const stopTracks = (stream: MediaStream) => stream.getTracks().forEach((track) => track.stop())

/** Calls `onCode` once for each new scan. */
export function useScanner(video: Readonly<ShallowRef<HTMLVideoElement | null>>, onCode: OnCode) {
  const state = ref<ScannerState>('starting')
  const isNew = makeSight()
  let round = 0 // tells a start that a later start or stop has replaced it
  let end = () => {}

  function stop(): void {
    round += 1
    end()
    end = () => {}
  }

  async function start(): Promise<void> {
    stop()
    const mine = round
    state.value = 'starting'
    try {
      if (!(await canScan())) throw new DOMException('no reader of codes here', 'NotSupportedError')
      const stream = await openCamera()
      const screen = video.value
      if (mine !== round || !screen) return stopTracks(stream)
      end = () => stopTracks(stream)
      screen.srcObject = stream
      await screen.play()
      if (mine !== round) return
      state.value = 'watching'
      const stopWatching = watchCodes(screen, isNew, onCode)
      end = () => {
        stopWatching()
        stopTracks(stream)
      }
    } catch (error) {
      if (mine !== round) return
      stop()
      state.value = troubleOf(error)
    }
  }

  whileSeen(start, stop)
  return { state, start }
}
