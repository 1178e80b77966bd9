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
  /** Seconds at the rate of the last minute; null when it cannot be estimated. */
  remainingS: number | null
}

/**
 * The transfer of a submission's video for a screen, null while this phone has no video, and the person's commands.
 * Call it in a setup. Commands reject with `storage_full` or `storage_failed`.
 */
export function useTransfer(submissionId: string) {
  const store = useTransfersStore()
  const now = useNow(TICK_MS)
  return {
    transfer: computed<ShownTransfer | null>(() => {
      void now.value // the remaining time changes even when nothing else does
      const transfer = store.bySubmission.get(submissionId)
      return transfer ? { ...transfer, remainingS: store.remainingS(transfer, Date.now()) } : null
    }),
    /** Whether this browser can tell Wi-Fi from mobile data. If not, «only on Wi-Fi» waits for the person. */
    networkKnown: computed(() => store.network !== 'unknown'),
    pause: () => pauseTransfer(submissionId),
    resume: () => resumeTransfer(submissionId),
    setWifiOnly: (wifiOnly: boolean) => setWifiOnly(submissionId, wifiOnly),
    /** Sends on any network. Call it after the person has agreed to the shown megabytes. */
    sendAnyway: () => sendAnyway(submissionId),
    cancel: () => cancelTransfer(submissionId),
  }
}
