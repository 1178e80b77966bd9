/** What people were promised: every op that a phone called saved, and what may excuse its absence. */
export interface Saved {
  op_id: string
  phone: number
  entity: string
  payload: string
  actor: string | null
  /** Why nobody may ask for it any more. */
  excuse: 'evicted' | 'taken back' | 'to be decided again' | null
}

/** The five counts of B4, each with the words that tell what happened. */
export type Findings = Record<'lost' | 'duplicate' | 'missed' | 'stuck' | 'divergent', string[]>

export const nothingFound = (): Findings => ({
  lost: [],
  duplicate: [],
  missed: [],
  stuck: [],
  divergent: [],
})

export class Ledger {
  readonly ops: Saved[] = []
  /** Told of their refusal by a server that was restored since and knows nothing of it. */
  readonly toldBefore = new Set<string>()

  save(op: Omit<Saved, 'excuse'>): void {
    this.ops.push({ ...op, excuse: null })
  }

  of(opId: string): Saved | undefined {
    return this.ops.find((one) => one.op_id === opId)
  }

  excuse(isExcused: (op: Saved) => boolean, excuse: Saved['excuse']): void {
    for (const op of this.ops) if (op.excuse === null && isExcused(op)) op.excuse = excuse
  }

  /** Sent again as another op, in the old place. */
  replace(old: string, op_id: string): void {
    const index = this.ops.findIndex((one) => one.op_id === old)
    this.ops.splice(index, 0, { ...this.ops[index]!, op_id, excuse: null })
    this.excuse((op) => op.op_id === old, 'taken back')
  }
}
