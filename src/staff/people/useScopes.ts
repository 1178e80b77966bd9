/** Where a role can be limited to: the convocatorias, and the days of one of kind jornadas. */
import { computed, onMounted, shallowRef, watch } from 'vue'
import { getConvocatoriaById } from '@/data/publicBase'
import { rpcGet } from '@/data/rpc'
import type { InvitationForm } from '@/domain/people'
import type { Bootstrap, Convocatoria, ConvocatoriaCard } from '@/domain/rows'
import { formatDayOrPending } from '@/ui/shortDates'

export function useScopes(form: InvitationForm) {
  const known = shallowRef<ConvocatoriaCard[]>([])
  onMounted(async () => {
    const bootstrap = await rpcGet<Bootstrap>('bootstrap').catch(() => null)
    known.value = bootstrap?.convocatorias ?? []
  })
  const convocatorias = computed(() => known.value.map(({ id, title }) => ({ value: id, label: title })))
  const chosen = shallowRef<Convocatoria>()
  watch(
    () => form.convocatoria,
    async (id) => (chosen.value = id ? await getConvocatoriaById(id) : undefined),
  )
  const days = computed(() => {
    const details = form.role === 'door' ? chosen.value?.details : null
    const jornadas = details && 'jornadas' in details ? details.jornadas : []
    return jornadas.map(({ id, title, on_day }) => ({
      value: id,
      label: `${title} · ${formatDayOrPending(on_day)}`,
    }))
  })
  return { convocatorias, days }
}
