import type { BesidePlace, OtherText } from './besidePlace'
import type { TextForm } from './sharedText'
import { useLive } from './useLive'
import type { SharingText } from './useSharedText'

/** The other texts of a form: written in another tab at the same time, and kept beside its own. Call it in a setup. */
export function useOthers<T>(
  place: BesidePlace<T>,
  form: TextForm<T>,
  { shared, flush, between }: SharingText,
) {
  const others = useLive(place.others, [])

  /** Goes on with another text. This form's text takes its place, so none is lost. */
  async function take(other: OtherText<T>): Promise<void> {
    await flush()
    await between(async () => {
      await place.swap(other, JSON.parse(JSON.stringify(form.current())) as T)
      shared.open(other.text)
      form.adopt(other.text)
    })
  }
  return { others, take, dropOther: place.dropOther }
}
