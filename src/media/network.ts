/** What the phone is connected by. Only Chromium on Android tells (Network Information API). */
import type { Network } from './holds'

interface Connection extends EventTarget {
  type?: string
}

const connection = (): Connection | undefined =>
  (globalThis.navigator as { connection?: Connection } | undefined)?.connection

/** `type` is absent or `unknown` on desktops, in Firefox and in Safari. */
export function readNetwork(): Network {
  const type = connection()?.type
  if (type === undefined || type === 'unknown') return 'unknown'
  return type === 'cellular' ? 'cellular' : 'other'
}

/** Calls `listener` when the phone changes its network. Returns how to stop. */
export function onNetwork(listener: () => void): () => void {
  const source = connection()
  source?.addEventListener?.('change', listener)
  return () => source?.removeEventListener?.('change', listener)
}
