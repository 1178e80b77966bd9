/** Saves a decision of staff as an op. */
import { enqueue } from '@/sync/enqueue'
import type { DecisionPayload } from './decisionForm'

/**
 * Saves a decision on the version that the member saw. `drop` deletes the form that became this payload, in the same
 * transaction. Resolves to the op's id. Faults as `enqueue`.
 */
export type SaveDecision = (
  payload: DecisionPayload,
  version: number,
  drop?: () => Promise<unknown>,
) => Promise<string>

/** As {@link SaveDecision}, for the submission `id` and the member `actor`. */
export const decideOn = (
  id: string,
  payload: DecisionPayload,
  version: number,
  actor: string,
  drop?: () => Promise<unknown>,
) => enqueue({ kind: 'review.decide', entity_id: id, payload, expected_version: version, actor }, drop)
