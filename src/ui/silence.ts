/** The electoral silence, for every page of the frame. */
import { computed, inject, provide, shallowRef, type InjectionKey, type Ref } from 'vue'
import { isSilent, type Silence } from '@/domain/silence'

interface SilenceNow {
  /** The coming or present silence; undefined where none is known. */
  dates: Readonly<Ref<Silence | undefined>>
  /** Whether promotion is hidden now. */
  isOn: Readonly<Ref<boolean>>
}

const KEY: InjectionKey<SilenceNow> = Symbol('')
const NONE: SilenceNow = { dates: shallowRef(), isOn: shallowRef(false) }

/** For the frame. */
export function provideSilence(dates: () => Silence | undefined, now: { readonly value: Date }): SilenceNow {
  const silence = { dates: computed(dates), isOn: computed(() => isSilent(dates(), now.value)) }
  provide(KEY, silence)
  return silence
}

/** For a page or a part of it. Without a frame there is no silence. */
export const useSilence = (): SilenceNow => inject(KEY, NONE)
