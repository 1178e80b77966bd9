/** The traits of the kind `propuestas` for shared code. */
import type { KindTraits } from '@/domain/kinds'
import type { OpTraits } from '@/domain/ops'
import type { PropuestaContent } from '@/domain/propuesta'
import type { PublishedPropuesta } from '@/domain/rows'
import type { Chip } from '@/domain/submissionStatus'
import { textIn } from '@/domain/text'
import type { MediaStatus } from '@/domain/video'
import type { Page } from '@/domain/wire'
import type {
  Analysis,
  AnswerRow,
  FindingRow,
  FindingsBoard,
  SortingItem,
  SortingRow,
  TwinPair,
} from './findings'
import type { LikenessDigest } from './likeness/digest'
import type { CapturedRow } from './captures'
import type { ActaDesk, OwnComment } from './acta'
import type { CampaignMesa, MesaDesk } from './mesa'
import type { EditionWork } from '../../../supabase/functions/open-data/handler'
import type { RenewalDesk, RenewedStrategy } from './renewal'
import type { CampaignResults, FoundPropuesta, PropuestaDetails, PropuestaPage, ResultsDesk } from './results'

const ops = {
  'propuesta.submit': { submits: true },
  'propuesta.correct': { corrects: true },
  /** The sound of one that was spoken arrived; staff write what it says. */
  'propuesta.attach': { attaches: true },
  'propuesta.transcribe': {},
  'tap.answer': {},
  'mesa.comment': {},
  /** What staff hand in for somebody. It is not of the outbox: `staff/captura/sendCaptures.ts` sends it. */
  'propuesta.enter': {},
  /** What analysts do with a proposal, and their findings and answers. */
  'propuesta.sort': { beside: true },
  'finding.save': {},
  'finding.answer': {},
} as const satisfies Record<string, OpTraits>

declare module '@/domain/kinds' {
  interface CampaignKinds {
    propuestas: {
      op: keyof typeof ops
      /** `analysis` comes once the desk has sorted it. */
      content: PropuestaContent & { analysis?: Analysis }
      staffContent: PropuestaContent & { analysis?: Analysis }
      details: PropuestaDetails
      answers: {
        acta_desk: ActaDesk
        answer_followup: { done: boolean }
        approve_renewal: RenewalDesk
        campaign_mesa: CampaignMesa | null
        campaign_results: CampaignResults | null
        close_acta: ActaDesk
        find_propuestas: Page<FoundPropuesta>
        findings_board: FindingsBoard
        finish_answers: { finished_at: string }
        invite_to_mesa: { sent: number; left: number }
        likely_twins: { items: TwinPair[] }
        list_sorted: Page<SortingItem>
        mesa_desk: MesaDesk
        note_followup: ResultsDesk
        offer_renewal: RenewalDesk
        open_acta: ActaDesk
        own_comments: { items: OwnComment[] }
        plan_answers: { count: number; day: string | null }
        publish_mesa: MesaDesk
        publish_results: ResultsDesk
        published_propuesta: PropuestaPage
        published_propuestas: Page<PublishedPropuesta>
        published_supports: { items: Record<string, number> }
        likeness_digest: LikenessDigest
        support_propuesta: { given: boolean }
        renewed_strategy: RenewedStrategy | null
        results_desk: ResultsDesk
        review_answer: AnswerRow
        save_acta: ActaDesk
        save_mesa: MesaDesk
        save_renewal: RenewalDesk
        settle_comment: ActaDesk
        settle_hold: ResultsDesk
        strategy_renewal: RenewalDesk
        take_edition_work: EditionWork | null
      }
      publicRead:
        | 'published_propuestas'
        | 'published_supports'
        | 'likeness_digest'
        | 'campaign_results'
        | 'renewed_strategy'
        | 'campaign_mesa'
      row: SortingRow | FindingRow | AnswerRow | CapturedRow
    }
  }
}

/** One that was spoken counts as received only when the server has its sound. */
const CHIP_OF_FILE: Partial<Record<MediaStatus, Chip>> = {
  awaiting_upload: 'video_missing',
  mismatch: 'needs_attention',
  expired: 'needs_attention',
}

export const kind: KindTraits<'propuestas'> = {
  name: 'propuestas',
  place: 1,
  folioPrefix: 'PR',
  ops,
  publicReads: {
    published_propuestas: 'network-first',
    published_supports: 'network-first',
    likeness_digest: 'stale-while-revalidate',
    campaign_results: 'network-first',
    renewed_strategy: 'network-first',
    campaign_mesa: 'network-first',
  },
  titleOf: ({ body }) => textIn(body),
  textOf: ({ body }) => textIn(body),
  chipOf: ({ media }) => media && CHIP_OF_FILE[media.status],
  withoutBytes: (written) => {
    const { media: _, ...rest } = written
    return rest
  },
}
