/** Looks through the camera for codes while its page is open and seen; the camera is off otherwise. */
import { onMounted, onScopeDispose, ref, type ShallowRef } from 'vue'
import { canScan, makeDetector, makeSight, openCamera, troubleOf, type CameraTrouble } from './camera'

const LOOK_MS = 200

export type ScannerState = 'starting' | 'watching' | CameraTrouble
type OnCode = (text: string) => Promise<void>

/** Looks again and again until stopped; the next look waits for `onCode`. Returns how to stop. */
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

/** Starts with the page; stops when it is left or hidden. */
function whileSeen(start: () => Promise<void>, stop: () => void): void {
  const onVisibility = () => (document.visibilityState === 'visible' ? void start() : stop())
  document.addEventListener('visibilitychange', onVisibility)
  onMounted(start)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onVisibility)
    stop()
  })
}

const darken = (stream: MediaStream) => stream.getTracks().forEach((track) => track.stop())

/** `onCode` is called once for each code shown to the camera. */
export function useScanner(video: Readonly<ShallowRef<HTMLVideoElement | null>>, onCode: OnCode) {
  const state = ref<ScannerState>('starting')
  const isNew = makeSight()
  let round = 0 // a start that was overtaken by a stop ends itself
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
      if (mine !== round || !screen) return darken(stream)
      end = () => darken(stream)
      screen.srcObject = stream
      await screen.play()
      if (mine !== round) return
      state.value = 'watching'
      const stopWatching = watchCodes(screen, isNew, onCode)
      end = () => {
        stopWatching()
        darken(stream)
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
