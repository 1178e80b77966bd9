/**
 * Reads the phone's connection and its data-saving setting (Network Information API). Only Chromium on Android
 * provides both.
 */
import type { Network } from './holds'

interface Connection extends EventTarget {
  type?: string
  saveData?: boolean
}

const connection = (): Connection | undefined =>
  (globalThis.navigator as { connection?: Connection } | undefined)?.connection

/**
 * The connection now. `type` is absent or `unknown` on desktops, in Firefox and in Safari. Data saving applies to every
 * network.
 */
export function readNetwork(): Network {
  const { type, saveData } = connection() ?? {}
  if (saveData) return 'saving'
  if (type === undefined || type === 'unknown') return 'unknown'
  return type === 'cellular' ? 'cellular' : 'other'
}

/** Calls `listener` when the connection changes. Returns a function that stops listening. */
export function onNetwork(listener: () => void): () => void {
  const source = connection()
  source?.addEventListener?.('change', listener)
  return () => source?.removeEventListener?.('change', listener)
}
