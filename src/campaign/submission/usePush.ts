/** Whether this phone is told by push of a submission. Only a browser with a worker and a push service can be. */
import { computed, onMounted, ref } from 'vue'
import { useAttempt } from '@/campaign/useAttempt'
import { rpc } from '@/data/rpc'
import { Fault } from '@/domain/fault'
import { toBase64url } from '../../../supabase/functions/_shared/signed/base64url'

/** What prevents it: the person or the browser said no, the browser's service failed, or no server sends pushes yet. */
type PushTrouble = 'denied' | 'unusable' | 'unready' | 'offline'

/** Whether this browser can be told at all. Safari on iOS can once the app is on the home screen. */
export const canPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis

interface Proof {
  p_folio: string
  p_secret: string
}

/** The registration of the app's worker; rejects where there is none (development). */
async function managerOf(): Promise<PushManager> {
  const registration = await navigator.serviceWorker.getRegistration()
  if (!registration?.active) throw new Fault('unusable', false)
  return registration.pushManager
}

const base64url = (bytes: ArrayBuffer | null): string =>
  toBase64url(new Uint8Array(bytes ?? new ArrayBuffer()))

const argumentsOf = (subscription: PushSubscription) => ({
  p_endpoint: subscription.endpoint,
  p_p256dh: base64url(subscription.getKey('p256dh')),
  p_auth: base64url(subscription.getKey('auth')),
})

/** A subscription with this key. One with a former key is ended: the server cannot use it any more. */
async function subscribe(manager: PushManager, key: string): Promise<PushSubscription> {
  const old = await manager.getSubscription()
  if (old && base64url(old.options.applicationServerKey) !== key) await old.unsubscribe()
  return await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key }).catch(() => {
    throw new Fault('unusable', false)
  })
}

const TROUBLES: Record<string, PushTrouble> = {
  denied: 'denied',
  unready: 'unready',
  offline: 'offline',
  timeout: 'offline',
}

/** Asks the person and subscribes the browser with the server's key. Faults: `denied`, `unready`, `unusable` and those of `rpc`. */
async function subscribed(known: Proof): Promise<PushSubscription> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Fault('denied', false)
  const { key } = await rpc('choose_push', known)
  if (key === null) throw new Fault('unready', false)
  return await subscribe(await managerOf(), key)
}

/** `proof`: the folio and its secret. */
export function usePush(proof: () => Promise<Proof>) {
  const isOn = ref(false)
  const { busy, problem, attempt } = useAttempt()
  const trouble = computed((): PushTrouble | null =>
    problem.value === null ? null : (TROUBLES[problem.value] ?? 'unusable'),
  )

  const start = () =>
    attempt(async () => {
      const known = await proof()
      const args = { ...known, ...argumentsOf(await subscribed(known)), p_wanted: true }
      isOn.value = (await rpc('choose_push', args)).on
    })

  /** The browser's subscription stays: other folios of this phone may use it. */
  const stop = () =>
    attempt(async () => {
      const subscription = await (await managerOf()).getSubscription()
      const args = { p_endpoint: subscription?.endpoint ?? null, p_wanted: false }
      if (subscription) await rpc('choose_push', { ...(await proof()), ...args })
      isOn.value = false
    })

  /** Asks the server only where this browser has a subscription. Nothing is claimed while it does not answer. */
  onMounted(() =>
    managerOf()
      .then((manager) => manager.getSubscription())
      .then(async (subscription) => {
        if (!subscription) return
        const args = { ...(await proof()), p_endpoint: subscription.endpoint }
        isOn.value = (await rpc('choose_push', args)).on
      })
      .catch(() => undefined),
  )

  return { isOn, busy, trouble, start, stop }
}
