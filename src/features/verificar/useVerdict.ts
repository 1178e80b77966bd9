/** The verdict on the code behind the `#` of the address, with what this device keeps of the institution. */
import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { useInstitutionStore } from '@/data/institutionStore'
import { rpcGet } from '@/data/rpc'
import { codeIn, type SignedText, type Verdict, verifyConstancia } from './verify'

/** `no_keys`: this device never received the institution's public keys. */
export type Shown = Verdict | { outcome: 'no_keys' }

export function useVerdict() {
  const route = useRoute()
  const store = useInstitutionStore()
  const code = computed(() => codeIn(route.hash))
  /** Undefined while the network or the worker's cache has not answered; null when neither has the list. */
  const list = shallowRef<SignedText | null>()
  const verdict = shallowRef<Shown | null>(null)
  const isWorking = ref(false)
  const keys = computed(() => store.bootstrap?.signing_keys)

  void rpcGet('revoked_constancias').then(
    (answer) => (list.value = answer),
    () => (list.value = null),
  )

  async function look(): Promise<void> {
    const asked = code.value
    verdict.value = null
    if (!asked || (!keys.value && !store.bootstrap && !store.fault)) return
    const found = keys.value
      ? await verifyConstancia(asked, keys.value, list.value ?? null)
      : ({ outcome: 'no_keys' } as const)
    if (code.value === asked) verdict.value = found
  }
  watch(
    [code, keys, list, () => store.fault],
    () => {
      isWorking.value = true
      void look().finally(() => (isWorking.value = false))
    },
    { immediate: true },
  )
  return { code, verdict, isWorking }
}
