/** The propuestas of the demonstration, in every state that a submission can have for staff. */
import type { PropuestaSubmission } from '@/domain/propuesta'
import {
  decideAll,
  type Entry,
  note,
  openCampaign,
  opOf,
  type Row,
  sharedPayload,
  shuffled,
  spread,
} from './campaign'
import { sendByChannel } from './captured'
import type { Phone } from './phone'
import { readEntries } from './samples'

interface Propuesta extends Entry {
  /** The number of a part of the strategy; null for «lo que falta». */
  part: string | null
  helps: PropuestaSubmission['helps']
  body: string
  has_email: boolean
}

export async function sendPropuestas(phone: Phone): Promise<void> {
  const campaign = await openCampaign(phone, 'propuestas')
  if (!campaign) return
  const entries = shuffled(readEntries<Propuesta>('propuestas.json'))
  const partOf = ({ part }: Propuesta) => campaign.parts.find(({ number }) => number === part)?.id ?? null
  const times = spread(campaign, entries.length)
  const ops = entries.map((entry, index) => {
    const granted = (consent: string) => consent !== 'publish' || entry.publish
    const payload = {
      ...sharedPayload(campaign, { ...entry, granted }, times[index]!),
      ...(entry.has_email ? {} : { email: null }),
      part_id: partOf(entry),
      helps: entry.helps,
      body: entry.body,
      sector: entry.sector,
      municipality: entry.municipality,
    }
    return opOf(entry.key, 'submit', { kind: 'propuesta.submit', payload, captured_at: times[index]! })
  })
  const rows = new Map<string, Row>()
  note(rows, entries, await sendByChannel(phone, ops))
  await decideAll(phone, entries, rows, (entry, body) => ({
    kind: 'propuesta.correct',
    payload: { part_id: partOf(entry), helps: entry.helps, body },
  }))
}
