/** The verdict on the code behind the `#` of the address, with what this device keeps of the institution. */
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { useInstitutionStore } from '@/data/institutionStore'
import { rpcGet } from '@/data/rpc'
import { codeIn, type SignedText, type Verdict, verifyConstancia } from './verify'

/** `no_keys`: this device never received the institution's public keys. */
export type Shown = Verdict | { outcome: 'no_keys' }

/** A slow network's list changes the verdict when it comes. */
const PATIENCE_MS = 1500

export function useVerdict() {
  const route = useRoute()
  const store = useInstitutionStore()
  const code = computed(() => codeIn(route.hash))
  /** Undefined while the network or the worker's cache has not answered; null when neither has the list in time. */
  const list = shallowRef<SignedText | null>()
  const verdict = shallowRef<Shown | null>(null)
  const keys = computed(() => store.bootstrap?.signing_keys)

  void rpcGet('revoked_constancias').then(
    (answer) => (list.value = answer),
    () => (list.value = null),
  )
  const timer = setTimeout(() => (list.value ??= null), PATIENCE_MS)
  onScopeDispose(() => clearTimeout(timer))

  let latest = 0
  async function look(): Promise<void> {
    const [mine, asked] = [++latest, code.value]
    if (!asked || list.value === undefined || !(keys.value ?? store.bootstrap ?? store.fault)) return
    const found = keys.value
      ? await verifyConstancia(asked, keys.value, list.value)
      : ({ outcome: 'no_keys' } as const)
    if (mine === latest) verdict.value = found
  }
  watch(code, () => (verdict.value = null))
  watch([code, keys, list, () => store.fault], () => void look(), { immediate: true })
  return { code, verdict }
}
