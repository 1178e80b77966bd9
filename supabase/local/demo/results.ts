/**
 * The results of the consultation that is over and answered: its renewed text, written by one person and approved by another, and
 * its open data, and what became of its actions, through the functions of staff.
 */
import type { Convocatoria, Part } from '@/domain/rows'
import type { DraftPart, RenewalDesk } from '@/features/propuestas/renewal'
import type { ResultsDesk } from '@/features/propuestas/results'
import { DEMO_ADMIN, DEMO_COORDINATOR } from '../keys'
import { sendFollowups } from './followups'
import { sendMesa } from './mesa'
import { idOf, type Phone } from './phone'
import { readEntries } from './samples'

const CAMPAIGN = idOf('answered')
const STAYS = 'Ninguna propuesta pidió cambiarla. Texto de muestra.'

/** What happens to a part. Without a body it stays; a number that is not in force is a new action. */
interface Sample {
  number: string
  /** The places of the findings behind it. */
  findings: number[]
  title?: string
  body?: string
  why: string
}

/** Does what is missing of it, once the answers are published. */
export async function sendResults(phone: Phone, databaseUrl: string): Promise<void> {
  const known = (await phone.pull<Convocatoria>('convocatoria')).find(({ id }) => id === CAMPAIGN)
  if (!known || Date.parse(known.received_until) > Date.now()) return
  const writer = await phone.signIn(DEMO_COORDINATOR)
  const approver = await phone.signIn(DEMO_ADMIN)
  const rpc = <T>(name: string, body: object, token: string) =>
    phone.post<T>(`/rest/v1/rpc/${name}`, body, token)
  const desk = await rpc<RenewalDesk>('strategy_renewal', { p_id: CAMPAIGN }, writer)
  if (desk.approved.length === 0) {
    const saved = await rpc<RenewalDesk>(
      'save_renewal',
      { p_id: CAMPAIGN, p_version: desk.version, p_data: { parts: partsOf(desk) } },
      writer,
    )
    const of = ({ version }: RenewalDesk) => ({ p_id: CAMPAIGN, p_version: version })
    const offered = await rpc<RenewalDesk>('offer_renewal', of(saved), writer)
    await rpc('approve_renewal', of(offered), approver)
  }
  await sendFollowups(phone, databaseUrl, writer, CAMPAIGN)
  await sendMesa(phone, databaseUrl, writer, known)
  const { editions } = await rpc<ResultsDesk>('results_desk', { p_id: CAMPAIGN }, writer)
  if (editions.length === 0) await rpc('publish_results', { p_id: CAMPAIGN, p_number: 1 }, writer)
  await phone.runJobs('open-data')
}

function partsOf({ strategy, findings }: RenewalDesk): DraftPart[] {
  const samples = new Map(readEntries<Sample>('renovada.json').map((one) => [one.number, one]))
  const behind = ({ findings: places }: Sample) => places.flatMap((place) => findings[place]?.id ?? [])
  const known = strategy.parts.map((part): DraftPart => {
    const sample = samples.get(part.number)
    samples.delete(part.number)
    if (!sample) return { id: part.id, change: 'same', findings: [], why: STAYS }
    const { body, why, title = part.title } = sample
    const rest = { id: part.id, findings: behind(sample), why }
    return body === undefined ? { ...rest, change: 'same' } : { ...rest, change: 'changed', title, body }
  })
  const last = (number: string): Part | undefined =>
    strategy.parts.filter((part) => part.number.startsWith(number.split('.')[0]!)).at(-1)
  const added = [...samples.values()].map((sample): DraftPart => ({
    id: idOf(`renewed:${sample.number}`),
    change: 'added',
    findings: behind(sample),
    why: sample.why,
    kind: 'action',
    topic_id: last(sample.number)?.topic_id ?? strategy.topics[0]!.id,
    number: sample.number,
    title: sample.title ?? '',
    body: sample.body ?? '',
  }))
  return [...known, ...added]
}
