/** Each kind of verdict has a sound and a vibration of its own, so that the volunteer looks at the person and not at the phone. */
import type { Outcome } from './outcome'

type Tone = Outcome['tone']

/** Notes as [hertz, seconds]: rising for «may enter», twice the same for «look», a long one for «another day», falling for «no». */
const NOTES: Record<Tone, readonly (readonly [number, number])[]> = {
  good: [
    [880, 0.08],
    [1320, 0.14],
  ],
  warn: [
    [660, 0.1],
    [0, 0.06],
    [660, 0.1],
  ],
  info: [[520, 0.35]],
  bad: [
    [330, 0.16],
    [220, 0.3],
  ],
}
/** Milliseconds that the phone shakes and rests, in turn. */
const SHAKES: Record<Tone, number[]> = { good: [80], warn: [80, 70, 80], info: [250], bad: [300, 100, 300] }

const KEY = 'convoca.door_silent'

/** Whether the verdicts of this phone have no sound. */
export function isSilent(): boolean {
  try {
    return localStorage.getItem(KEY) === '1'
  } catch {
    return false // storage is blocked: the choice lasts as long as the page
  }
}

export function keepSilent(silent: boolean): void {
  try {
    localStorage.setItem(KEY, silent ? '1' : '0')
  } catch {
    // as above
  }
}

let speaker: AudioContext | undefined

/** Sounds and shakes for a verdict. A browser without either does without. */
export function signal(tone: Tone, silent: boolean): void {
  navigator.vibrate?.(SHAKES[tone])
  if (silent || !('AudioContext' in globalThis)) return
  speaker ??= new AudioContext()
  void speaker.resume()
  let at = speaker.currentTime
  for (const [hertz, seconds] of NOTES[tone]) {
    if (hertz > 0) sound(speaker, hertz, at, seconds)
    at += seconds
  }
}

function sound(to: AudioContext, hertz: number, at: number, seconds: number): void {
  const [voice, volume] = [to.createOscillator(), to.createGain()]
  voice.type = 'square'
  voice.frequency.value = hertz
  volume.gain.setValueAtTime(0.2, at)
  volume.gain.exponentialRampToValueAtTime(0.001, at + seconds) // without it each end clicks
  voice.connect(volume).connect(to.destination)
  voice.start(at)
  voice.stop(at + seconds)
}
