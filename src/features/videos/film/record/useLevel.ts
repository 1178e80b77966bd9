/** How loud the microphone is, so that nobody films a minute without sound. A browser that cannot measure it says nothing. */
import { onScopeDispose, type Ref, ref, watch } from 'vue'

const LOOKS_EVERY_MS = 100
const SILENT_MS = 3_000
/** The part of full scale that somebody who speaks reaches, and an empty room does not: −40 dB. */
const HEARD = 0.01

/** Full scale is 1, and −60 dB is 0. */
const partOf = (peak: number) => Math.max(0, 1 + Math.log10(peak) / 3)

/** Asks for the peak of the last sixth of a second of this sound; null where the browser gives none. `close` gives it back. */
function openMeter(stream: MediaStream) {
  try {
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192 })
    context.createMediaStreamSource(stream).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const peak = () => {
      if (context.state !== 'running') return null
      analyser.getFloatTimeDomainData(samples)
      return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    }
    return { peak, close: () => void context.close() }
  } catch {
    return null // no Web Audio here, or a stream without sound
  }
}

/** Call it in a setup. `level`: 0 to 1, null while nothing is measured. `isSilent`: nothing was heard for three seconds. */
export function useLevel(stream: Readonly<Ref<MediaStream | null>>) {
  const level = ref<number | null>(null)
  const isSilent = ref(false)
  let stop = () => {}

  function listen(now: MediaStream | null): void {
    stop()
    level.value = null
    isSilent.value = false
    const meter = now && openMeter(now)
    let heardAt = performance.now()
    const look = () => {
      const peak = meter!.peak()
      level.value = peak === null ? null : partOf(peak)
      if (peak === null || peak >= HEARD) heardAt = performance.now()
      isSilent.value = performance.now() - heardAt >= SILENT_MS
    }
    const timer = meter ? setInterval(look, LOOKS_EVERY_MS) : undefined
    stop = () => {
      clearInterval(timer)
      meter?.close()
      stop = () => {}
    }
  }
  watch(stream, listen)
  onScopeDispose(() => stop())
  return { level, isSilent }
}
