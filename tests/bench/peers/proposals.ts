import type { RxJsonSchema } from 'rxdb/plugins/core'
import type { Proposal } from '../support/words'

export const proposalSchema: RxJsonSchema<Proposal> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    secret: { type: 'string' },
    captured_at: { type: 'string' },
    payload: { type: 'object' },
  },
  required: ['id', 'payload'],
}
