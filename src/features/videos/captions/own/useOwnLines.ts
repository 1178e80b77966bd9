/**
 * The captions of one's own video while they are written: kept on this phone at every key, and saved over the version that the author
 * saw. Where staff saved others meanwhile, both stay until the author decides.
 */
import { computed, type Ref } from 'vue'
import { useAnswers } from '@/campaign/form/useAnswers'
import type { Stored } from '@/campaign/form/answers'
import type { BesidePlace } from '@/data/besidePlace'
import { rpc } from '@/data/rpc'
import { useSafeLeaving } from '@/data/useAutosave'
import { useOthers } from '@/data/useOthers'
import { Fault } from '@/domain/fault'
import type { Cue } from '@/domain/video'
import type { OwnCaptions } from '../../captionAnswers'
import { isSame, type KeptCaptions, readKept } from './keptCaptions'

export interface OwnLink {
  p_folio: string
  p_secret: string
}

export const readOwn = (link: OwnLink): Promise<OwnCaptions> => rpc('own_captions', link)

/** `kept`: what `place` had; undefined when it had nothing. `saved` follows the server. */
export function useOwnLines(
  link: OwnLink,
  saved: Ref<OwnCaptions>,
  place: BesidePlace<Stored>,
  kept: Stored | undefined,
) {
  const begin = (): KeptCaptions => ({ cues: saved.value.cues, over: saved.value.cues })
  const draft = useAnswers<KeptCaptions>((kept && readKept(kept)) ?? begin(), place, kept, readKept)
  useSafeLeaving(draft)
  const cues = computed(() => draft.answers.value.cues)
  const isDirty = computed(() => !isSame(cues.value, saved.value.cues))
  /** Whether other captions were saved than those that the author saw. */
  const isBehind = computed(() => isDirty.value && !isSame(draft.answers.value.over, saved.value.cues))

  const acts = useActs({ link, saved, place, draft, cues })
  return {
    cues,
    isDirty,
    isBehind,
    state: draft.state,
    news: draft.news,
    change: (changed: Cue[]) => draft.change({ cues: changed }),
    ...acts,
    ...useOthers(place, draft.form, draft.text),
  }
}

interface Parts {
  link: OwnLink
  saved: Ref<OwnCaptions>
  place: BesidePlace<Stored>
  draft: ReturnType<typeof useAnswers<KeptCaptions>>
  cues: Readonly<Ref<Cue[]>>
}

function useActs({ link, saved, place, draft, cues }: Parts) {
  const write = (p_version: number) =>
    rpc('caption_own_video', {
      ...link,
      p_version,
      p_cues: cues.value.map((cue) => ({ ...cue, text: cue.text.trim() })),
    })
  /** The version also changes by what is no caption: then the same lines go once more. */
  async function writeOver(): Promise<OwnCaptions> {
    const seen = saved.value
    draft.change({ over: seen.cues })
    try {
      return await write(seen.version)
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'conflict')) throw error
      const now = await readOwn(link)
      saved.value = now
      if (!isSame(now.cues, seen.cues)) throw error
      return await write(now.version)
    }
  }
  /** Ends the form, and this phone forgets its lines. */
  async function end(): Promise<void> {
    await draft.flush()
    await draft.text.between(() => Promise.resolve(place.drop()))
    draft.close()
  }
  /** Resolves when the server has them. The form is then over. Faults as `rpc`; everything stays on this phone. */
  async function save(): Promise<OwnCaptions> {
    const next = await writeOver()
    await end()
    return next
  }
  return { save, end }
}
