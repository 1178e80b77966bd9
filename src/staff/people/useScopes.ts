/** What a role can be limited to: a convocatoria and, for the role `door`, one part of it (`partsOf` of its kind). */
import { computed, onMounted, shallowRef, watch } from 'vue'
import { getConvocatoriaById } from '@/data/publicBase'
import { rpcGet } from '@/data/rpc'
import type { InvitationForm } from '@/domain/people'
import type { Convocatoria, ConvocatoriaCard } from '@/domain/rows'
import { staffKindOf } from '../kinds'

export function useScopes(form: InvitationForm) {
  const known = shallowRef<ConvocatoriaCard[]>([])
  onMounted(async () => {
    const bootstrap = await rpcGet('bootstrap').catch(() => null)
    known.value = bootstrap?.convocatorias ?? []
  })
  const convocatorias = computed(() => known.value.map(({ id, title }) => ({ value: id, label: title })))
  const chosen = shallowRef<Convocatoria>()
  watch(
    () => form.convocatoria,
    async (id) => (chosen.value = id ? await getConvocatoriaById(id) : undefined),
  )
  const days = computed(() => {
    if (form.role !== 'door' || !chosen.value) return []
    return staffKindOf(chosen.value.kind)?.partsOf?.(chosen.value.details) ?? []
  })
  return { convocatorias, days }
}
