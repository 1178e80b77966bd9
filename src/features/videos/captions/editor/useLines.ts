/** The lines of the editor: which one is worked on, what is wrong, and what is done to it with the player beside. */
import { computed, nextTick, type Ref, ref } from 'vue'
import type { Cue } from '@/domain/video'
import { joined, splitAt, troublesOf } from '../lines'

interface Lines {
  cues: () => Cue[]
  change: (cues: Cue[]) => void
  video: () => HTMLVideoElement | null
  durationMs: number
}

/** The length of a line that is added by hand. */
const ADDED_MS = 2500

const fieldOf = (at: number) => document.getElementById(`caption-${at + 1}`) as HTMLTextAreaElement | null

export function useLines(given: Lines) {
  const { cues, change, durationMs } = given
  const current = ref(0)
  const troubles = computed(() => troublesOf(cues(), durationMs))
  /** Replaces so many lines from the current one. */
  const replace = (count: number, ...made: Cue[]) => change(cues().toSpliced(current.value, count, ...made))
  const line = () => cues()[current.value]
  const go = async (at: number) => {
    current.value = Math.min(cues().length - 1, Math.max(0, at))
    await nextTick()
    fieldOf(current.value)?.focus()
  }
  const steps: Steps = { current, replace, line, go }
  return { current, troubles, replace, ...playerActs(given, steps), ...lineActs(given, steps) }
}

interface Steps {
  current: Ref<number>
  replace: (count: number, ...made: Cue[]) => void
  line: () => Cue | undefined
  go: (at: number) => Promise<void>
}

const nowOf = (video: HTMLVideoElement | null) => Math.round((video?.currentTime ?? 0) * 1000)

function playerActs({ video }: Lines, { line, replace }: Steps) {
  function play() {
    const element = video()
    if (!element || !line()) return
    element.currentTime = line()!.at / 1000
    void element.play().catch(() => undefined) // the player's controls remain
  }
  function setNow(which: 'at' | 'to') {
    if (line()) replace(1, { ...line()!, [which]: nowOf(video()) })
  }
  return { play, setNow }
}

function lineActs({ cues, change, video }: Lines, { current, line, replace, go }: Steps) {
  function split() {
    const place = fieldOf(current.value)?.selectionStart
    const parts = line() && splitAt(line()!, place ?? Math.round(line()!.text.length / 2))
    if (!parts) return
    replace(1, ...parts)
    void go(current.value + 1)
  }
  function join() {
    const below = cues()[current.value + 1]
    if (!line() || !below) return
    replace(2, joined(line()!, below))
    void go(current.value)
  }
  function remove() {
    if (!line()) return
    replace(1)
    void go(current.value)
  }
  /** An empty line after the current one, or the first. */
  function addLine() {
    const at = line()?.to ?? nowOf(video())
    const to = Math.min(cues()[current.value + 1]?.at ?? Infinity, at + ADDED_MS)
    change(cues().toSpliced(current.value + 1, 0, { at, to, text: '' }))
    void go(current.value + 1)
  }
  return { split, join, remove, addLine }
}
