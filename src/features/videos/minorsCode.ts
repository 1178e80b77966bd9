/** Loads the steps of those under 18, which only phones of a call that takes minors fetch. */
import { importOptional } from '@/data/optionalCode'

/** The form where minors may take part, kept from then on. Rejects when it is not on this phone and cannot be fetched. */
export async function loadMinors() {
  const { minorsForm, keepMinors } = await importOptional(() => import('./minors/form'))
  void keepMinors()
  return minorsForm
}
