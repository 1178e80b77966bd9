/** A kind of campaign that only this test has: a poll with one answer. A fourth kind adds such a folder. */
import type { KindTraits } from '@/domain/kinds'
import type { OpTraits } from '@/domain/ops'
import { textIn } from '@/domain/text'

const ops = {
  'encuesta.submit': { submits: true },
  'encuesta.correct': { corrects: true },
} as const satisfies Record<string, OpTraits>

interface Answer {
  answer: string
}

declare module '@/domain/kinds' {
  interface CampaignKinds {
    encuestas: {
      op: keyof typeof ops
      content: Answer
      staffContent: Answer
      details: null
      answers: { encuesta_counts: Record<string, number> }
      publicRead: 'encuesta_counts'
    }
  }
}

export const kind: KindTraits<'encuestas'> = {
  name: 'encuestas',
  place: 4,
  folioPrefix: 'EN',
  ops,
  publicReads: { encuesta_counts: 'network-first' },
  titleOf: ({ answer }) => textIn(answer),
  textOf: ({ answer }) => textIn(answer),
}
