/**
 * The videos on their way from this phone: how far the server has each, and how fast bytes leave. One live query
 * for all of them, so chip, bar and card speak of the same figure.
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
  /** The chunk on its way, which only the page that sends can see. */
  const inFlight = shallowRef<{ mediaId: string; sent: number } | null>(null)
  /** How many bytes had left, by media id: the pace of the last minute. */
  const samples = shallowRef<ReadonlyMap<string, readonly Sample[]>>(new Map())

  const leftOf = ({ mediaId, sent }: Transfer) =>
    inFlight.value?.mediaId === mediaId ? Math.max(sent, inFlight.value.sent) : sent

  watch([bySubmission, inFlight], () => {
    const sending = [...bySubmission.value.values()].filter(({ state }) => state === 'sending')
    const next = sending.map((transfer): [string, readonly Sample[]] => {
      const known = samples.value.get(transfer.mediaId) ?? []
      return [transfer.mediaId, withSample(known, { at: Date.now(), sent: leftOf(transfer) })]
    })
    samples.value = new Map(next)
  })

  return {
    bySubmission,
    network: shallowReadonly(network),
    /** This page sends: so many bytes of the whole video have left the phone. */
    bytesLeft: (mediaId: string, sent: number) => void (inFlight.value = { mediaId, sent }),
    /** This page sends nothing any more. */
    sendingEnded: () => void (inFlight.value = null),
    /** Seconds until all is sent, by the pace of the last minute; null when it cannot be told. */
    remainingS: ({ mediaId, state, total }: Transfer, now: number): number | null =>
      state === 'sending' ? remainingS(samples.value.get(mediaId) ?? [], total, now) : null,
  }
})
