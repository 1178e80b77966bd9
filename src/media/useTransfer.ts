import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { HOLD_TABLES } from '@/data/mediaRows'
import { useLive } from '@/data/useLive'
import { useNow } from '@/data/useNow'
import { inFlight } from './inFlight'
import { onNetwork, readNetwork } from './network'
import { remainingS, withSample, type Sample } from './remainingTime'
import {
  cancelTransfer,
  pauseTransfer,
  resumeTransfer,
  sendAnyway,
  setWifiOnly,
  transferOf,
  type Transfer,
} from './transfers'

const TICK_MS = 1_000

export interface ShownTransfer extends Transfer {
  /** Whole percent; 100 only when the server has every byte. */
  percent: number
  /** Seconds, by the pace of the last minute; null when it cannot be told. */
  remainingS: number | null
}

/** What has left the phone; what this page has on its way counts too. */
const sentOf = (transfer: Transfer): number =>
  transfer.state === 'sending' && inFlight.value?.mediaId === transfer.mediaId
    ? Math.max(transfer.sent, inFlight.value.sent)
    : transfer.sent

function show(transfer: Transfer, samples: readonly Sample[], now: number): ShownTransfer {
  const sent = sentOf(transfer)
  const isWhole = transfer.state === 'uploaded'
  const percent = isWhole ? 100 : Math.min(99, Math.floor((sent / transfer.total) * 100))
  const left = transfer.state === 'sending' ? remainingS(samples, transfer.total, now) : null
  return { ...transfer, sent, percent, remainingS: left }
}

/**
 * The video of a submission as a screen shows it, null while this phone has none, with what the person may
 * ask for. Call it in a setup. Commands reject with `storage_full`, `storage_failed`.
 */
export function useTransfer(submissionId: string) {
  const network = shallowRef(readNetwork())
  onScopeDispose(onNetwork(() => (network.value = readNetwork())))
  const stored = useLive({ tables: HOLD_TABLES, read: () => transferOf(submissionId, readNetwork()) }, null)
  const now = useNow(TICK_MS)
  const samples = shallowRef<Sample[]>([])
  watch(
    () => (stored.value?.state === 'sending' ? sentOf(stored.value) : null),
    (sent) => {
      samples.value = sent === null ? [] : withSample(samples.value, { at: Date.now(), sent })
    },
  )
  return {
    transfer: computed(() => {
      void now.value // the time that is left changes while nothing else does
      return stored.value && show(stored.value, samples.value, Date.now())
    }),
    /** Whether this browser tells Wi-Fi from mobile data; where it does not, «only on Wi-Fi» waits for the person. */
    networkKnown: computed(() => network.value !== 'unknown'),
    pause: () => pauseTransfer(submissionId),
    resume: () => resumeTransfer(submissionId),
    setWifiOnly: (wifiOnly: boolean) => setWifiOnly(submissionId, wifiOnly),
    /** Over whatever network: after the person saw the megabytes. */
    sendAnyway: () => sendAnyway(submissionId),
    cancel: () => cancelTransfer(submissionId),
  }
}
