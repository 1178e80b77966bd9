/** What became of actions of the consultation that is over: states that staff note, and what authors answer from their folio. */
import type { PullAnswer } from '@/domain/pull'
import type { Analysis } from '@/features/propuestas/findings'
import type { FollowupState } from '@/features/propuestas/followups'
import type { ResultsDesk } from '@/features/propuestas/results'
import { withClient } from '../database'
import { inDays, type Proposal } from './analysis'
import { idOf, type Phone, secretOf } from './phone'
import { readEntries } from './samples'

interface Sample {
  number: string
  state: FollowupState
  words: string
  link?: string
  area: string
  /** Its day, in days from now. */
  days: number
}

/** Does what is missing of it, as this member of staff. */
export async function sendFollowups(
  phone: Phone,
  databaseUrl: string,
  token: string,
  id: string,
): Promise<void> {
  let desk = await phone.post<ResultsDesk>('/rest/v1/rpc/results_desk', { p_id: id }, token)
  if (desk.followups.some(({ states }) => states.length > 0)) return
  for (const sample of readEntries<Sample>('seguimiento.json')) {
    const part = desk.followups.find(({ number }) => number === sample.number)
    if (!part) continue
    desk = await phone.post<ResultsDesk>(
      '/rest/v1/rpc/note_followup',
      {
        p_id: id,
        p_part: part.part_id,
        p_seen: part.states.length,
        p_state: sample.state,
        p_words: sample.words,
        p_area: sample.area,
        p_link: sample.link ?? null,
        p_on_day: inDays(sample.days),
      },
      token,
    )
  }
  await withClient(databaseUrl, (client) => client.query('select app.tell_followups()'))
  for (const [place, { key }] of readEntries<Proposal>('respondidas.json').entries())
    await answer(phone, key, place % 3 !== 0)
}

/** Answers «¿Se hizo?» for everything that this author was told and that is under way or done. */
async function answer(phone: Phone, key: string, p_done: boolean): Promise<void> {
  const [id, p_secret] = [idOf(key), secretOf(key)]
  const { pulls } = await phone.post<PullAnswer>('/rest/v1/rpc/pull_changes', {
    pulls: [{ scope: 'mine', id, secret: p_secret, cursor: null }],
  })
  for (const change of pulls[0]?.changes ?? []) {
    if (change.op !== 'put' || change.id !== id) continue
    const { folio, content } = change.row as { folio: string; content: { analysis?: Analysis } }
    const asked = content.analysis?.followups?.filter(
      ({ state }) => state === 'done' || state === 'under_way',
    )
    for (const followup of asked ?? [])
      await phone.post('/rest/v1/rpc/answer_followup', {
        p_folio: folio,
        p_secret,
        p_followup: followup.id,
        p_done,
      })
  }
}
