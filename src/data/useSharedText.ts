import { onScopeDispose } from 'vue'
import { observeTables } from './observeTables'
import { createSharedText, type SharedText, type TextForm, type TextPlace } from './sharedText'
import { useAutosave, type Autosave } from './useAutosave'

export interface SharingText extends Autosave {
  shared: SharedText
}

/** A text that saves itself and follows the other tabs (`sharedText.ts`). Call it in a setup or an effect scope. */
export function useSharedText<T>(place: TextPlace<T>, form: TextForm<T>): SharingText {
  const shared = createSharedText(place, form)
  const autosave = useAutosave(shared.save)
  const { tables } = place
  onScopeDispose(
    observeTables({ tables, read: async () => place.read() }, () => void autosave.follow(shared.look)),
  )
  return { shared, ...autosave }
}
