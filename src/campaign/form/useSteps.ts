/** Navigation between the steps of a form. */
import { computed, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { CommonAnswers } from './answers'
import { stepOfProblem, type Problem } from './campaignForm'
import { positionOf, stepAfter, stepBefore, stepsFor } from './steps'
import type { FormProps } from './useForm'

/** The addresses around the current step, and the commands that navigate. Call it in a setup. */
export function useSteps(props: Readonly<FormProps>, answers: Readonly<Ref<CommonAnswers>>) {
  const router = useRouter()
  const route = useRoute()
  const path = computed(() => stepsFor(props.form, answers.value, props.material))
  const base = computed(() => `/c/${props.slug}/${props.form.path}/${props.start.id}`)
  /** Whether the person came from «Revisa tus respuestas» to change an answer. They then return there. */
  const isReviewing = computed(() => route.query.revisar === '1' && props.step !== 'revisa')
  const position = computed(() => positionOf(props.form, props.step, path.value))
  const previous = computed(() => {
    const before = isReviewing.value ? 'revisa' : stepBefore(props.form, props.step, path.value)
    const mayReview = answers.value.notice_hash === props.material.notice.hash
    return before && (mayReview || !isReviewing.value) ? `${base.value}/${before}` : `/c/${props.slug}`
  })

  /** Goes to the next step. While reviewing, goes to the first problem, or back to the review without one. */
  async function next(missing: Problem | null): Promise<void> {
    const target = isReviewing.value
      ? ((missing && stepOfProblem(props.form, missing)) ?? 'revisa')
      : stepAfter(props.form, props.step, path.value)
    const query = isReviewing.value && target !== 'revisa' ? { revisar: '1' } : {}
    await router.push({ path: `${base.value}/${target}`, query })
  }

  const redirectTo = (step: string) =>
    router.replace({ path: `${base.value}/${step}`, query: { revisar: '1' } })

  return { base, position, previous, next, redirectTo }
}
