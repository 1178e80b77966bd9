/**
 * New versions are offered, never forced: the waiting worker takes over only when the person says so,
 * or when every tab was closed. Drafts are in the database before the page is loaded anew.
 */
import { shallowReadonly, shallowRef } from 'vue'
import { Workbox } from 'workbox-window'
import { flushUnsaved } from '@/data/unsaved'
import { useInstitution } from './institution'
import { oneForAll } from './oneForAll'

const CHECK_EVERY_MS = 60 * 60_000

export const useUpdates = oneForAll(() => {
  const offered = shallowRef(false)
  const unsaved = shallowRef(false)
  const active = shallowRef(!!navigator.serviceWorker?.controller)
  let workbox: Workbox | null = null
  let accepted = false

  /** Registers the worker and listens; without workers (private windows, old phones) does nothing. */
  async function register(): Promise<void> {
    if (!('serviceWorker' in navigator)) return
    workbox = new Workbox('/sw.js')
    workbox.addEventListener('waiting', () => (offered.value = true))
    workbox.addEventListener('controlling', () => {
      const isFirst = !active.value // another page of this first visit may have registered it
      active.value = true
      if (accepted) location.reload()
      else if (!isFirst) offered.value = true
      else void useInstitution().load() // the first worker has not seen this document yet: now it keeps it
    })
    await workbox.register()
    checkNowAndThen(workbox)
  }

  /** Lets the new worker in and loads the page anew; while something cannot be written, stays and offers it still. */
  async function accept(): Promise<void> {
    unsaved.value = !(await flushUnsaved())
    if (unsaved.value) return
    accepted = true
    offered.value = false
    const registration = await navigator.serviceWorker.getRegistration()
    if (registration?.waiting) workbox?.messageSkipWaiting()
    else location.reload() // another tab let it in already
  }

  const later = () => (offered.value = false)

  return {
    offered: shallowReadonly(offered),
    /** The last `accept` stayed, because something on the screen could not be written. */
    unsaved: shallowReadonly(unsaved),
    active: shallowReadonly(active),
    register,
    accept,
    later,
  }
})

function checkNowAndThen(workbox: Workbox): void {
  let last = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < CHECK_EVERY_MS) return
    last = Date.now()
    void workbox.update().catch(() => undefined) // offline: next time
  })
}
