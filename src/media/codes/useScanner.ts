/** Reads codes from the camera while its page is open and visible. Otherwise the camera is off. */
import { onMounted, onScopeDispose, ref, type ShallowRef } from 'vue'
import { type Facing, hasTwoCameras, openCamera, release } from '../camera'
import { type CameraTrouble, hasTorch, makeSight, setTorch, troubleOf } from './camera'
import { type CodeReader, openReader } from './reader'

const LOOK_MS = 120

export type ScannerState = 'starting' | 'watching' | CameraTrouble
type OnCode = (text: string) => Promise<void>

interface Watched {
  reader: CodeReader
  video: HTMLVideoElement
  isNew: ReturnType<typeof makeSight>
  onCode: OnCode
  /** The reader does not work here. */
  onFailed: () => void
}

/** Looks for a code again and again until stopped. The next look waits for `onCode`. Returns the stop function. */
function watchCodes({ reader, video, isNew, onCode, onFailed }: Watched) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  const look = async () => {
    try {
      const text = await reader.read(video)
      if (!isStopped && isNew(text, Date.now())) await onCode(text!)
    } catch {
      return isStopped ? undefined : onFailed()
    }
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

/** The lamp and the side of the camera, as far as this device has a choice. */
function useChoices() {
  const facing = ref<Facing>('environment')
  const canTurn = ref(false)
  /** Whether the lamp burns; null where there is none. */
  const torch = ref<boolean | null>(null)
  let stream: MediaStream | undefined
  async function learn(opened: MediaStream): Promise<void> {
    stream = opened
    torch.value = hasTorch(opened) ? false : null
    canTurn.value = await hasTwoCameras()
  }
  async function switchTorch(): Promise<void> {
    if (stream && torch.value !== null && (await setTorch(stream, !torch.value))) torch.value = !torch.value
  }
  return { facing, canTurn, torch, learn, switchTorch }
}

/** What a round of the scanner opened, to be closed in turn. A later round or the end closes it. */
function useRounds() {
  let round = 0
  let ends: (() => void)[] = []
  function close(): void {
    round += 1
    for (const end of ends.reverse()) end()
    ends = []
  }
  /** Whether the round that asks still runs. */
  function begin(): () => boolean {
    close()
    const mine = round
    return () => mine === round
  }
  return { close, begin, atEnd: (end: () => void) => void ends.push(end) }
}

/** Calls `onCode` once for each new scan. */
export function useScanner(video: Readonly<ShallowRef<HTMLVideoElement | null>>, onCode: OnCode) {
  const state = ref<ScannerState>('starting')
  const { learn, ...choices } = useChoices()
  const { close, begin, atEnd } = useRounds()
  const isNew = makeSight()

  function fail(trouble: CameraTrouble): void {
    close()
    state.value = trouble
  }

  async function start(): Promise<void> {
    const isMine = begin()
    state.value = 'starting'
    try {
      const stream = await openCamera(choices.facing.value)
      const screen = video.value
      if (!isMine() || !screen) return release(stream)
      atEnd(() => release(stream))
      const reader = await openReader()
      if (!isMine()) return reader.end()
      atEnd(reader.end)
      screen.srcObject = stream
      await screen.play()
      await learn(stream)
      if (!isMine()) return
      state.value = 'watching'
      atEnd(watchCodes({ reader, video: screen, isNew, onCode, onFailed: () => fail('no_decoder') }))
    } catch (error) {
      if (isMine()) fail(troubleOf(error))
    }
  }

  async function turn(): Promise<void> {
    choices.facing.value = choices.facing.value === 'user' ? 'environment' : 'user'
    await start()
  }

  whileSeen(start, close)
  return { state, start, turn, ...choices }
}
