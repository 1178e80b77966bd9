/**
 * A simple client as many apps have it: supabase-js inserts one row after another and repeats each until it
 * succeeds.
 */
import { createClient } from '@supabase/supabase-js'
import { expose } from '../support/expose'
import { KEY } from '../support/key'
import { proposalOf, type Proposal } from '../support/words'

const client = createClient(location.origin, KEY, { auth: { persistSession: false } })
let rows: Proposal[] = []

expose({
  warm: async () => void (await client.from('proposals').select('id').limit(1)),
  fill: (count: number, common: object) => {
    rows = Array.from({ length: count }, (_, index) => proposalOf(index, common))
  },
  drain: async () => {
    for (const row of rows) {
      for (;;) {
        const { error } = await client.from('proposals').insert(row)
        if (!error || error.code === '23505') break
      }
    }
  },
})
