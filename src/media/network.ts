/**
 * What the phone is connected by, and whether its owner asked it to save data. Only Chromium on Android tells
 * all of it (Network Information API).
 */
import type { Network } from './holds'

interface Connection extends EventTarget {
  type?: string
  saveData?: boolean
}

const connection = (): Connection | undefined =>
  (globalThis.navigator as { connection?: Connection } | undefined)?.connection

/** `type` is absent or `unknown` on desktops, in Firefox and in Safari. A wish to save data counts on any network. */
export function readNetwork(): Network {
  const { type, saveData } = connection() ?? {}
  if (saveData) return 'saving'
  if (type === undefined || type === 'unknown') return 'unknown'
  return type === 'cellular' ? 'cellular' : 'other'
}

/** Calls `listener` when the phone changes its network. Returns how to stop. */
export function onNetwork(listener: () => void): () => void {
  const source = connection()
  source?.addEventListener?.('change', listener)
  return () => source?.removeEventListener?.('change', listener)
}
