/** The way through the form as addresses. */
import { computed, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { CommonAnswers } from './answers'
import { stepOfProblem, type Problem } from './campaignForm'
import { placeOf, stepAfter, stepBefore, stepsFor } from './steps'
import type { FormProps } from './useForm'

export function useSteps(props: Readonly<FormProps>, answers: Readonly<Ref<CommonAnswers>>) {
  const router = useRouter()
  const route = useRoute()
  const walk = computed(() => stepsFor(props.form, answers.value, props.material))
  const base = computed(() => `/c/${props.slug}/${props.form.path}/${props.start.id}`)
  /** While one changes an answer out of «Revisa tus respuestas», every way leads back there. */
  const isReviewing = computed(() => route.query.revisar === '1' && props.step !== 'revisa')
  const place = computed(() => placeOf(props.form, props.step, walk.value))
  const previous = computed(() => {
    const before = isReviewing.value ? 'revisa' : stepBefore(props.form, props.step, walk.value)
    const mayReview = answers.value.notice_hash === props.material.notice.hash
    return before && (mayReview || !isReviewing.value) ? `${base.value}/${before}` : `/c/${props.slug}`
  })

  /** To the next step; while reviewing, to the first of what is still missing, or back to the review. */
  async function goOn(missing: Problem | null): Promise<void> {
    const next = isReviewing.value
      ? ((missing && stepOfProblem(props.form, missing)) ?? 'revisa')
      : stepAfter(props.form, props.step, walk.value)
    const query = isReviewing.value && next !== 'revisa' ? { revisar: '1' } : {}
    await router.push({ path: `${base.value}/${next}`, query })
  }

  const comeBackTo = (step: string) =>
    router.replace({ path: `${base.value}/${step}`, query: { revisar: '1' } })

  return { base, place, previous, goOn, comeBackTo }
}
