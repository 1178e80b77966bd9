/** Which step of a change its page shows: the one that the address asks for, as far as the day allows it. */
import { computed, type Ref, watch } from 'vue'
import { certainNow } from '@/data/serverClock'
import { hasBegun, type JornadaDay } from '@/features/jornadas/registration'
import { turns } from './schedule'
import type { ScheduleForm } from './scheduleForm'

/** `datos` changes the day, `cancelar` calls it off, `restaurar` brings it back, `revisar` shows what will happen. */
export type Paso = 'datos' | 'cancelar' | 'restaurar' | 'revisar'

interface Parts {
  base: Readonly<Ref<JornadaDay | null>>
  form: Ref<ScheduleForm | null>
  canChange: Readonly<Ref<boolean>>
  /** Whether the form has no problem. */
  isSound: () => boolean
}

/** Call it in a setup. `writing` is the step that fills in what the form holds. */
export function useChangeSteps(wanted: () => unknown, { base, form, canChange, isSound }: Parts) {
  const writing = computed<Paso>(() => {
    if (!form.value || !base.value || !turns(base.value, form.value)) return 'datos'
    return form.value.cancelled ? 'cancelar' : 'restaurar'
  })
  function allows(step: Paso): boolean {
    const isOff = !!base.value!.cancelled_at
    if (step === 'datos') return !isOff
    return (step === 'restaurar') === isOff && !hasBegun(base.value!, certainNow())
  }
  const step = computed<Paso | 'jornada'>(() => {
    const asked = wanted() as Paso
    if (!['datos', 'cancelar', 'restaurar', 'revisar'].includes(asked)) return 'jornada'
    if (!canChange.value || !form.value) return 'jornada'
    const filled = asked === 'revisar' ? writing.value : asked
    if (!allows(filled)) return 'jornada'
    return asked === 'revisar' && isSound() ? 'revisar' : filled
  })
  /** A form serves all steps: opening one makes the form mean what the step does. */
  watch(
    step,
    (now) => {
      if (form.value && now !== 'jornada' && now !== 'revisar') form.value.cancelled = now === 'cancelar'
    },
    { immediate: true, flush: 'sync' },
  )
  return { step, writing }
}
