/** Every op that a phone reported as saved, and the reasons that excuse its absence. */
export interface Saved {
  op_id: string
  phone: number
  entity: string
  payload: string
  actor: string | null
  /** Why this op need not arrive. */
  excuse: 'evicted' | 'taken back' | 'to be decided again' | null
}

/** The five findings of benchmark B4, each with a description. */
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
  /** Ops refused by a server that was restored afterwards and no longer knows them. */
  readonly refusedBeforeRestore = new Set<string>()

  save(op: Omit<Saved, 'excuse'>): void {
    this.ops.push({ ...op, excuse: null })
  }

  of(opId: string): Saved | undefined {
    return this.ops.find((one) => one.op_id === opId)
  }

  excuse(isExcused: (op: Saved) => boolean, excuse: Saved['excuse']): void {
    for (const op of this.ops) if (op.excuse === null && isExcused(op)) op.excuse = excuse
  }

  /** Records that an op was sent again as another op in the same place. */
  replace(old: string, op_id: string): void {
    const index = this.ops.findIndex((one) => one.op_id === old)
    this.ops.splice(index, 0, { ...this.ops[index]!, op_id, excuse: null })
    this.excuse((op) => op.op_id === old, 'taken back')
  }
}
