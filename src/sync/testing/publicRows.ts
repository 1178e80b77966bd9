/** Public rows: written at the server, and read on the phone. */
import { db } from '@/data/db'
import type { FakeServer } from './fakeServer'

export function publish(server: FakeServer, count: number): void {
  for (let index = 0; index < count; index += 1) server.beginWriter().commit(`p${index}`, index)
}

export const publicValues = async (): Promise<number[]> =>
  (await db.base.where({ scope: 'public', entity: 'convocatoria' }).toArray()).map(
    ({ row }) => (row as { value: number }).value,
  )
