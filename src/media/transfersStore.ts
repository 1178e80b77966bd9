/**
 * The uploads of this phone: the confirmed bytes of each, and the rate at which bytes leave. One live query serves
 * all screens, so chip, bar and card show the same figure.
 */
import { defineStore } from 'pinia'
import { shallowReadonly, shallowRef, watch } from 'vue'
import { useLive } from '@/data/useLive'
import { onNetwork, readNetwork } from './network'
import { remainingS, withSample, type Sample } from './remainingTime'
import { transfers, type Transfer } from './transfers'

const NONE: ReadonlyMap<string, Transfer> = new Map()

export const useTransfersStore = defineStore('transfers', () => {
  const network = shallowRef(readNetwork())
  onNetwork(() => (network.value = readNetwork()))
  const bySubmission = useLive(transfers, NONE)
  /** The bytes of the current upload that left this page. Other tabs cannot see them. */
  const inFlight = shallowRef<{ mediaId: string; sent: number } | null>(null)
  /** The bytes that had left at each moment of the last minute, by media id. */
  const samples = shallowRef<ReadonlyMap<string, readonly Sample[]>>(new Map())

  const sentBytes = ({ mediaId, sent }: Transfer) =>
    inFlight.value?.mediaId === mediaId ? Math.max(sent, inFlight.value.sent) : sent

  watch([bySubmission, inFlight], () => {
    const sending = [...bySubmission.value.values()].filter(({ state }) => state === 'sending')
    const next = sending.map((transfer): [string, readonly Sample[]] => {
      const known = samples.value.get(transfer.mediaId) ?? []
      return [transfer.mediaId, withSample(known, { at: Date.now(), sent: sentBytes(transfer) })]
    })
    samples.value = new Map(next)
  })

  return {
    bySubmission,
    network: shallowReadonly(network),
    /** Records that `sent` bytes of the video have left this page. */
    bytesLeft: (mediaId: string, sent: number) => void (inFlight.value = { mediaId, sent }),
    /** Records that this page has stopped sending. */
    sendingEnded: () => void (inFlight.value = null),
    /** Seconds until all bytes are sent at the rate of the last minute; null when it cannot be estimated. */
    remainingS: ({ mediaId, state, total }: Transfer, now: number): number | null =>
      state === 'sending' ? remainingS(samples.value.get(mediaId) ?? [], total, now) : null,
  }
})
