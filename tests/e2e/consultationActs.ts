/** A consultation through the functions that phones and staff call: what is not a screen of `consultation.spec.ts`. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { CampaignAnswer, CampaignDraft } from '@/domain/campaignDraft'
import type { Convocatoria } from '@/domain/rows'
import type { Board } from '../sql/findingFixtures'
import { type NewOp, Phone as Line } from '../../supabase/local/demo/phone'
import { type OpenCampaign, openCampaign, opOf, sharedPayload } from '../../supabase/local/demo/campaign'
import { localDay } from '@/domain/centralTime'
import type { InsumosData } from '@/features/propuestas/staff/studio/insumos'
import { TEST_KEYS } from '../support/keys'
import { REFUSED, SENT } from './consultationTexts'

const HOUR = 3_600_000
export const INPUT = 'Diagnóstico de la estrategia'
export const INPUT_TEXT = 'Tres de cada diez personas no supieron dónde preguntar.'
export const inDays = (days: number) => localDay(new Date(Date.now() + days * 24 * HOUR).toISOString())

export interface Consultation extends OpenCampaign {
  heading: string
}

export const lineTo = (origin: string) => new Line(origin, TEST_KEYS.jobsSecret)
export const call = <T>(line: Line, name: string, body: object, token?: string) =>
  line.post<T>(`/rest/v1/rpc/${name}`, body, token)

/** An op of staff. Throws unless each is applied. */
export const staffOp = (
  kind: string,
  entity_id: string,
  payload: object,
  expected_version: number,
): NewOp => ({
  op_id: randomUUID(),
  captured_at: new Date().toISOString(),
  kind,
  entity_id,
  payload,
  expected_version,
})
export async function apply(line: Line, ops: NewOp[], token?: string) {
  const verdicts = await line.send(ops, token)
  if (line.refused.length > 0) throw new Error(line.refused.splice(0).join(', '))
  return verdicts
}

/** A copy of the seed's open consultation with an input of its own, published by this member. It is open until tomorrow. */
export async function publishConsultation(line: Line, token: string): Promise<Consultation> {
  const like = (await openCampaign(line, 'propuestas'))!
  const id = randomUUID()
  const slug = `consulta-${id.slice(0, 8)}`
  for (let days = 1; ; days += 1) {
    const copy = { p_id: id, p_from: like.id, p_opens_on: inDays(days) } // a copy opens on a business day
    const isMade = await call<CampaignAnswer>(line, 'clone_convocatoria', copy, token).catch(() => null)
    if (isMade) break
    if (days === 10) throw new Error('no day to open')
  }
  const draft = await call<CampaignDraft>(line, 'convocatoria_draft', { p_id: id }, token)
  let { revision } = draft
  const at = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()
  const edits: Record<string, (data: object) => object> = {
    textos: (data) => ({ ...data, title: `Consulta ${slug}`, slug, question: `¿Qué falta en ${slug}?` }),
    fechas: (data) => ({
      ...data,
      opens_at: at(-120),
      closes_at: at(24),
      grace_hours: 48,
      inputs_on: null,
      results_on: null,
      answer_by: inDays(30),
      milestones: [],
    }),
    insumos: (data) => ({
      items: [
        { id: randomUUID(), title: INPUT, summary: 'De dónde viene.', body: INPUT_TEXT, source: null },
        ...((data as InsumosData).items ?? []),
      ],
    }),
  }
  for (const { section, version, data } of draft.sections) {
    const p_data = edits[section]?.(data ?? {})
    if (!p_data) continue
    const request = { p_id: id, p_section: section, p_expected_version: version, p_data }
    ;({ revision } = await call<{ revision: number }>(line, 'save_section', request, token))
  }
  await call(line, 'publish_convocatoria', { p_id: id, p_revision: revision }, token)
  const made = (await line.pull<Convocatoria>('convocatoria')).find((one) => one.id === id)!
  return { ...made, notice: like.notice, heading: made.question }
}

/** Every proposal that comes from no screen, each from a phone of its own. */
export async function sendProposals(line: Line, campaign: Consultation): Promise<void> {
  const at = new Date().toISOString()
  const ops = SENT.map(({ key, part, helps, name, publish, body, sector, municipality }) => {
    const granted = (consent: string) => consent !== 'publish' || publish
    const payload = {
      ...sharedPayload(campaign, { key, name, granted }, at),
      email: null,
      helps,
      body,
      sector,
      municipality,
      part_id: campaign.parts.find(({ number }) => number === part)?.id ?? null,
    }
    return opOf(key, 'submit', { kind: 'propuesta.submit', payload })
  })
  await apply(line, ops)
}

/** The name, the address and the consents that came with a proposal. */
export async function readAuthor(database: pg.Pool, id: string) {
  const { rows } = await database.query<{ display_name: string; email: string; consents: object }>(
    `select c.display_name, c.email, (select jsonb_object_agg(k.key, k.granted) from app.consents k
       where k.submission_id = c.submission_id and k.notice_hash = n.hash) as consents
     from app.contacts c join app.submissions s on s.id = c.submission_id
     join app.convocatorias v on v.id = s.convocatoria_id join app.notices n on n.id = v.notice_id where s.id = $1`,
    [id],
  )
  return rows[0]
}

interface Received {
  id: string
  version: number
  body: string
  is_voice: boolean
  may_publish: boolean
}

/** Decides on everything that was received: what is about somebody else is rejected, and what was spoken is written down first. */
export async function moderate(
  line: Line,
  token: string,
  database: pg.Pool,
  { id }: Consultation,
  words: string,
): Promise<void> {
  const { rows } = await database.query<Received>(
    `select s.id, s.version, p.body, exists (select from app.voice_notes v where v.submission_id = s.id) as is_voice,
       'text' = any (app.allowed_by_author(s.id)) as may_publish
     from app.submissions s join app.propuestas p on p.submission_id = s.id
     where s.convocatoria_id = $1 and s.state = 'received' order by s.folio`,
    [id],
  )
  const spoken = rows.filter(({ is_voice }) => is_voice)
  await apply(
    line,
    spoken.map((one) => staffOp('propuesta.transcribe', one.id, { transcript: words }, one.version)),
    token,
  )
  const decisions = rows.map((one) => {
    const decision = one.may_publish ? { decision: 'accept_publish' } : { decision: 'accept' }
    const rejection = {
      decision: 'reject',
      reason_code: 'third_party_data',
      message: 'Gracias por escribir. El texto dice dónde vive una persona.',
    }
    const payload = one.body === REFUSED.body ? rejection : decision
    return staffOp('review.decide', one.id, payload, one.version + Number(one.is_voice))
  })
  await apply(line, decisions, token)
}

export const readBoard = (line: Line, token: string, { id }: Consultation) =>
  call<Board>(line, 'findings_board', { p_convocatoria: id }, token)

interface Loose {
  id: string
  version: number
  ideas: { id: string; words: string | null; finding_id: string | null; quote: string | null }[]
}

/** Two analysts at once put what is in no finding into the findings, in turn. */
export async function groupRest(
  line: Line,
  tokens: readonly [string, string],
  database: pg.Pool,
  campaign: Consultation,
): Promise<void> {
  const [first] = tokens
  const titles = [
    'Horarios y sedes',
    'Formatos que se puedan abrir',
    'Respuestas con plazo',
    'Lenguas originarias',
  ]
  const text = { convocatoria_id: campaign.id, codes: [], notes: '' }
  const save = (title: string) =>
    staffOp('finding.save', randomUUID(), { ...text, title, words: `Piden: ${title.toLowerCase()}.` }, 0)
  await apply(line, titles.map(save), first)
  const { findings } = await readBoard(line, first, campaign)
  const { rows } = await database.query<Loose>(
    `select s.id, coalesce(g.version, 0) as version, coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'words', i.words,
         'finding_id', i.finding_id, 'quote', i.quote) order by i.position) from app.ideas i where i.submission_id = s.id), '[]') as ideas
     from app.submissions s left join app.sortings g on g.submission_id = s.id
     where s.convocatoria_id = $1 and s.state in ('accepted', 'published') and g.twin_of is null
       and (select count(*) filter (where i.finding_id is null) > 0 or count(*) = 0 from app.ideas i
         where i.submission_id = s.id)
     order by s.folio`,
    [campaign.id],
  )
  const ops = rows.map(({ id, version, ideas }, place) => {
    const finding_id = findings[place % findings.length]!.id
    const whole = { id: randomUUID(), words: null, finding_id, quote: null }
    const placed = ideas.map((one) => ({ ...one, finding_id: one.finding_id ?? finding_id }))
    return staffOp('propuesta.sort', id, { twin_of: null, ideas: ideas.length ? placed : [whole] }, version)
  })
  const half = (which: number) => ops.filter((_, place) => place % 2 === which)
  await Promise.all(tokens.map((token, which) => apply(lineTo(line.address), half(which), token)))
}

/** Where each proposal that is owed an answer stands: in how many findings, followed or split. */
export async function countSorted(database: pg.Pool, { id }: Consultation) {
  const { rows } = await database.query<{
    owed: number
    placed: number
    twins: number
    split: number
    lost: number
  }>(
    `select count(*)::int as owed, count(*) filter (where g.twin_of is null and i.n > 0)::int as placed,
       count(g.twin_of)::int as twins, count(*) filter (where i.n > 1)::int as split,
       count(*) filter (where g.twin_of is null and (i.n = 0 or i.loose > 0))::int as lost
     from app.submissions s left join app.sortings g on g.submission_id = s.id
     cross join lateral (select count(*)::int as n, count(*) filter (where d.finding_id is null)::int as loose
       from app.ideas d where d.submission_id = s.id) i
     where s.convocatoria_id = $1 and s.state in ('accepted', 'published')`,
    [id],
  )
  return rows[0]
}

/** Drafts every answer as one member and approves all but one as another. Answers the one that waits. */
export async function answerFindings(
  line: Line,
  writer: string,
  approver: string,
  campaign: Consultation,
): Promise<Board['findings'][number]> {
  const { findings } = await readBoard(line, writer, campaign)
  const outcomes = ['accepted', 'partly', 'not_now', 'no']
  const drafts = findings.map(({ id, title }, place) => {
    const outcome = outcomes[place % outcomes.length]!
    const due_on = ['accepted', 'partly'].includes(outcome) ? inDays(120) : null
    const reasons = `Leímos lo que dicen de «${title}» y esto es lo que se puede hacer este año.`
    return staffOp(
      'finding.answer',
      id,
      { outcome, reasons, area: 'Dirección de Gobierno Abierto', due_on },
      0,
    )
  })
  await apply(line, drafts, writer)
  const [waits, ...rest] = findings
  for (const { id } of rest)
    await call(line, 'review_answer', { p_finding: id, p_version: 1, p_approved: true }, approver)
  return waits!
}
