/** A phone that holds a digest and writes a proposal: the time that each key takes. */
import type { LikenessDigest } from '@/features/propuestas/likeness/digest'
import { indexSteps, type LikenessIndex } from '@/features/propuestas/likeness/likenessIndex'
import { findSimilar } from '@/features/propuestas/likeness/similar'
import { expose } from '../support/expose'

let index: LikenessIndex | undefined

expose({
  /** Milliseconds of building the index, and of its longest step. */
  hold: async (address: string) => {
    const digest = (await (await fetch(address)).json()) as LikenessDigest
    const steps = indexSteps(digest)
    let [all, longest] = [0, 0]
    for (;;) {
      const from = performance.now()
      const step = steps.next()
      const took = performance.now() - from
      all += took
      longest = Math.max(longest, took)
      if (!step.done) continue
      index = step.value
      return { all, longest }
    }
  },
  /** Milliseconds of each key of a text. */
  write: (text: string) =>
    Array.from({ length: text.length }, (_, at) => {
      const from = performance.now()
      findSimilar(text.slice(0, at + 1), index!)
      return performance.now() - from
    }),
})
