/** Words for the keys in a propuesta: parts of the strategy and municipalities, from this phone's copy. */
import { computed } from 'vue'
import { namesOf } from '@/data/queries'
import { useLive } from '@/data/useLive'
import { OUTSIDE_STATE } from '@/domain/propuesta'
import type { Part } from '@/domain/rows'
import { t } from './words'

/** The title of a part, like «Acción 2.1: Título». */
export const partWords = (part: Part): string =>
  t(part.kind === 'action' ? 'sent.part.action' : 'sent.part.paragraph', {
    number: part.number,
    title: part.title,
  })

/** Words for the keys of a convocatoria. `parts` is undefined while this phone has no copy. Call it in a setup. */
export function useStrategy(convocatoriaId: string) {
  const names = useLive(namesOf(convocatoriaId), undefined)
  const convocatoria = computed(() => names.value?.convocatoria)
  const parts = computed(() => convocatoria.value?.parts)

  /** The title of the part that a propuesta is about. Null means «lo que falta». */
  function aboutWords(partId: string | null): string {
    if (partId === null) return t('sent.missing')
    const part = parts.value?.find((candidate) => candidate.id === partId)
    return part ? partWords(part) : t('sent.unknown_part')
  }

  function municipalityWords(key: string): string {
    if (key === OUTSIDE_STATE) return t('sent.outside')
    return names.value?.municipalities?.items.find((item) => item.cve === key)?.name ?? key
  }

  return { convocatoria, parts, aboutWords, municipalityWords }
}
