/** Saves a form of staff on this phone while it is typed, and forgets it once its op is saved. */
import { computed, type Ref, ref } from 'vue'
import { onBeforeRouteUpdate } from 'vue-router'
import type { BesidePlace } from '@/data/besidePlace'
import type { TextForm } from '@/data/sharedText'
import { replyPlace } from '@/data/staff/replies'
import { useSafeLeaving } from '@/data/useAutosave'
import { useOthers } from '@/data/useOthers'
import { type SharingText, useSharedText } from '@/data/useSharedText'

/**
 * `place` and `name` identify the form among the replies on this phone (`data/staff/replies.ts`). `adopt` shows what
 * another tab wrote in it; undefined when that tab sent or discarded it.
 */
export function useKeeping<Kept>(
  userId: string,
  place: string,
  name: string,
  current: () => Kept,
  adopt: (kept: Kept | undefined) => void,
) {
  const keeping = createKeeping(userId, place, name, { current, adopt })
  onBeforeRouteUpdate(useSafeLeaving(keeping))
  return keeping
}

/** The same for a form that comes after its page's setup: its page guards the leaving of all such forms by `flush`. */
export function createKeeping<Kept>(userId: string, place: string, name: string, form: TextForm<Kept>) {
  const row = replyPlace<Kept>(userId, place, name)
  const text = useSharedText(row, form)
  /** Whether the form holds changes that the server lacks. */
  const isDirty = ref(false)
  return {
    isDirty,
    hasFailed: computed(() => text.state.value === 'failed'),
    flush: text.flush,
    news: text.shared.news,
    /** Deletes the saved form. Called inside `enqueue`, it is part of that transaction. */
    drop: row.drop,
    ...createActs(row, text, isDirty),
    ...useOthers(row, form, text),
  }
}

function createActs<Kept>(row: BesidePlace<Kept>, { shared, ...text }: SharingText, isDirty: Ref<boolean>) {
  function touch(): void {
    isDirty.value = true
    text.touch()
  }
  /** Forgets unwritten changes. `left`: what the same transaction that sent the form has written in its place. */
  function settle(left?: Kept): void {
    isDirty.value = false
    text.settle()
    shared.open(left)
  }
  const forget = async () => {
    settle()
    await text.between(row.drop)
  }
  /** The text to open the form with. Call it once, before anything is typed. */
  async function find(): Promise<Kept | undefined> {
    const found = await row.find().catch(() => undefined)
    shared.open(found)
    return found
  }
  return { touch, settle, forget, find }
}

export type Keeping<Kept = unknown> = ReturnType<typeof createKeeping<Kept>>
