/** Saves a decision of staff as an op. */
import { dropReplies } from '@/data/staff/replies'
import { CHOICES } from '@/domain/states'
import { enqueue } from '@/sync/enqueue'
import type { DecisionPayload } from './decisionForm'

/**
 * Saves a decision on the version that the member saw, and forgets the forms that were written for it in the same
 * transaction. Resolves to the op's id. Faults as `enqueue`.
 */
export const decideOn = (id: string, payload: DecisionPayload, version: number, actor: string) =>
  enqueue({ kind: 'review.decide', entity_id: id, payload, expected_version: version, actor }, () =>
    dropReplies(actor, id, CHOICES),
  )
