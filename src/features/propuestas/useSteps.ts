/** Where one is in the form, and where back and «Continuar» lead. */
import { computed, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Answers } from './answers'
import { aboutKindOf, stepOfField, type Problem } from './checkDraft'
import { placeOf, stepAfter, stepBefore, type Step } from './stepGraph'
import type { FormProps } from './useForm'

export function useSteps(props: Readonly<FormProps>, answers: Readonly<Ref<Answers>>) {
  const router = useRouter()
  const route = useRoute()
  const kind = computed(() => aboutKindOf(answers.value, props.material.convocatoria.parts))
  const base = computed(() => `/c/${props.slug}/propuesta/${props.start.id}`)
  /** While one changes an answer out of «Revisa tus respuestas», every way leads back there. */
  const isReviewing = computed(() => route.query.revisar === '1' && props.step !== 'revisa')
  const place = computed(() => placeOf(props.step, kind.value))
  const previous = computed(() => {
    const before = isReviewing.value ? 'revisa' : stepBefore(props.step, kind.value)
    const mayReview = answers.value.notice_hash === props.material.notice.hash
    return before && (mayReview || !isReviewing.value) ? `${base.value}/${before}` : `/c/${props.slug}`
  })

  /** To the next step; while reviewing, to the first of what is still missing, or back to the review. */
  async function goOn(missing: Problem | null): Promise<void> {
    const next = isReviewing.value
      ? ((missing && stepOfField(missing.field)) ?? 'revisa')
      : stepAfter(props.step, kind.value)
    const query = isReviewing.value && next !== 'revisa' ? { revisar: '1' } : {}
    await router.push({ path: `${base.value}/${next}`, query })
  }

  const comeBackTo = (step: Step) =>
    router.replace({ path: `${base.value}/${step}`, query: { revisar: '1' } })

  return { base, place, previous, goOn, comeBackTo }
}
