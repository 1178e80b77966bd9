/** The traits of the kind `propuestas` for shared code. */
import type { KindTraits } from '@/domain/kinds'
import type { OpTraits } from '@/domain/ops'
import type { PropuestaContent } from '@/domain/propuesta'
import type { PublishedPropuesta } from '@/domain/rows'
import { textIn } from '@/domain/text'
import type { Page } from '@/domain/wire'

const ops = {
  'propuesta.submit': { submits: true },
  'propuesta.correct': { corrects: true },
} as const satisfies Record<string, OpTraits>

declare module '@/domain/kinds' {
  interface CampaignKinds {
    propuestas: {
      op: keyof typeof ops
      content: PropuestaContent
      staffContent: PropuestaContent
      details: null
      answers: { published_propuestas: Page<PublishedPropuesta> }
      publicRead: 'published_propuestas'
    }
  }
}

export const kind: KindTraits<'propuestas'> = {
  name: 'propuestas',
  place: 1,
  folioPrefix: 'PR',
  ops,
  publicReads: { published_propuestas: 'network-first' },
  titleOf: ({ body }) => textIn(body),
  textOf: ({ body }) => textIn(body),
}
