/** Concurrent writers of public rows: they begin and commit in any order, and delete rows. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'

export class SharedWriter {
  /** Committed rows of this seed. */
  readonly committed: string[] = []
  private readonly open: { client: pg.PoolClient; id: string }[] = []
  private made = 0

  constructor(
    private readonly owner: pg.Pool,
    private readonly campaign: string,
  ) {}

  /** Begins a transaction that writes a row and stays open. */
  async begin(): Promise<void> {
    if (this.open.length >= 3) return
    const client = await this.owner.connect()
    await client.query('begin')
    const id = randomUUID()
    this.made += 1
    await client.query(
      `insert into app.insumos (id, convocatoria_id, position, title, summary, body)
       values ($1, $2, $3, $4, 'De qué trata', 'Palabras.')`,
      [id, this.campaign, 5000 + this.made, `Material ${this.made}`],
    )
    this.open.push({ client, id })
  }

  /** Commits any open transaction, so that an earlier one can commit later. */
  async commit(): Promise<void> {
    const one = this.open.splice(this.made % Math.max(1, this.open.length), 1)[0]
    if (!one) return
    await one.client.query('commit')
    one.client.release()
    this.committed.push(one.id)
  }

  async commitAll(): Promise<void> {
    while (this.open.length > 0) await this.commit()
  }

  /** Deletes a committed row. */
  async remove(): Promise<void> {
    const id = this.committed.shift()
    if (id) await this.owner.query('delete from app.insumos where id = $1', [id])
  }

  async clean(): Promise<void> {
    await this.commitAll()
    while (this.committed.length > 0) await this.remove()
  }
}
