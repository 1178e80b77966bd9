import { computed } from 'vue'
import { useNow } from '@/data/useNow'
import {
  cancelTransfer,
  pauseTransfer,
  resumeTransfer,
  sendAnyway,
  setWifiOnly,
  type Transfer,
} from './transfers'
import { useTransfersStore } from './transfersStore'

const TICK_MS = 1_000

export interface ShownTransfer extends Transfer {
  /** Seconds, by the pace of the last minute; null when it cannot be told. */
  remainingS: number | null
}

/**
 * The video of a submission as a screen shows it, null while this phone has none, with what the person may
 * ask for. Call it in a setup. Commands reject with `storage_full`, `storage_failed`.
 */
export function useTransfer(submissionId: string) {
  const store = useTransfersStore()
  const now = useNow(TICK_MS)
  return {
    transfer: computed<ShownTransfer | null>(() => {
      void now.value // the time that is left changes while nothing else does
      const transfer = store.bySubmission.get(submissionId)
      return transfer ? { ...transfer, remainingS: store.remainingS(transfer, Date.now()) } : null
    }),
    /** Whether this browser tells Wi-Fi from mobile data; where it does not, «only on Wi-Fi» waits for the person. */
    networkKnown: computed(() => store.network !== 'unknown'),
    pause: () => pauseTransfer(submissionId),
    resume: () => resumeTransfer(submissionId),
    setWifiOnly: (wifiOnly: boolean) => setWifiOnly(submissionId, wifiOnly),
    /** Over whatever network: after the person saw the megabytes. */
    sendAnyway: () => sendAnyway(submissionId),
    cancel: () => cancelTransfer(submissionId),
  }
}
