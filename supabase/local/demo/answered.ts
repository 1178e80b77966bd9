/**
 * A consultation that is over and answered: proposals, findings, answers that two people wrote and approved, and its closing,
 * through the functions of phones and staff. Its calendar is moved into the past before the analysis, as a job would find it.
 */
import type { CampaignAnswer, CampaignDraft, SectionAnswer } from '@/domain/campaignDraft'
import type { Convocatoria, Notice } from '@/domain/rows'
import { withClient } from '../database'
import { DEMO_COORDINATOR, DEMO_STAFF } from '../keys'
import { answer, byStaff, CAMPAIGN, inDays, type Proposal, sort } from './analysis'
import { openCampaign, type OpenCampaign, opOf, sharedPayload } from './campaign'
import type { Phone } from './phone'
import { readEntries } from './samples'
import { sendTaps } from './taps'

const HOUR = 3_600_000
/** How far the calendar and what arrived are moved. */
const DAYS_AGO = 20

/** Does what is missing of it. */
export async function sendAnswered(phone: Phone, databaseUrl: string): Promise<void> {
  const like = await openCampaign(phone, 'propuestas')
  if (!like) return
  const coordinator = await phone.signIn(DEMO_COORDINATOR)
  const known = (await phone.pull<Convocatoria>('convocatoria')).find(({ id }) => id === CAMPAIGN)
  if (!known) await publishCampaign(phone, coordinator, like)
  const moderator = await phone.signIn(DEMO_STAFF)
  if (!known || Date.parse(known.closes_at) > Date.now()) {
    await sendProposals(phone, moderator)
    await withClient(databaseUrl, (client) => client.query(INTO_THE_PAST, [CAMPAIGN, DAYS_AGO]))
  }
  await sort(phone, moderator)
  await answer(phone, moderator, coordinator)
  await withClient(databaseUrl, (client) => client.query('select app.publish_answers(), app.tell_answers()'))
  await phone.post('/rest/v1/rpc/finish_answers', { p_convocatoria: CAMPAIGN }, coordinator)
}

/** A copy of the open consultation with dates and words of its own. */
async function publishCampaign(phone: Phone, token: string, like: OpenCampaign): Promise<void> {
  const rpc = <T>(name: string, body: object) => phone.post<T>(`/rest/v1/rpc/${name}`, body, token)
  await firstBusinessDay((day) =>
    rpc<CampaignAnswer>('clone_convocatoria', { p_id: CAMPAIGN, p_from: like.id, p_opens_on: day }),
  )
  const { sections, revision: first } = await rpc<CampaignDraft>('convocatoria_draft', { p_id: CAMPAIGN })
  let revision = first
  for (const { section, version, data } of sections) {
    const p_data = dataOf(section, data ?? {})
    if (!p_data) continue
    const request = { p_id: CAMPAIGN, p_section: section, p_expected_version: version, p_data }
    ;({ revision } = await rpc<{ revision: number }>('save_section', request))
  }
  await rpc('publish_convocatoria', { p_id: CAMPAIGN, p_revision: revision })
}

/** A copy opens on a business day; the dates are written anew afterwards. */
async function firstBusinessDay(attempt: (day: string) => Promise<unknown>): Promise<void> {
  for (let days = 1; ; days += 1) {
    try {
      await attempt(inDays(days))
      return
    } catch (error) {
      if (days === 10) throw error
    }
  }
}

function dataOf(section: string, data: SectionAnswer['data']): object | null {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()
  if (section === 'textos')
    return {
      ...data,
      title: 'Consulta sobre la difusión de la transparencia (concluida, de muestra)',
      slug: 'consulta-respondida',
      summary: 'Una consulta de muestra que ya terminó: cada propuesta tiene su respuesta.',
      label: 'Demostración: texto sin validez',
      source: null,
    }
  if (section === 'fechas')
    return {
      ...data,
      opens_at: at(-24),
      closes_at: at(12),
      inputs_on: null,
      results_on: null,
      answer_by: inDays(DAYS_AGO - 2),
      milestones: [],
    }
  return null
}

/** People send, and the moderation publishes. */
async function sendProposals(phone: Phone, token: string): Promise<void> {
  const proposals = readEntries<Proposal>('respondidas.json')
  const campaign = (await phone.pull<Convocatoria>('convocatoria')).find(({ id }) => id === CAMPAIGN)!
  const notice = (await phone.pull<Notice>('notice')).find(({ id }) => id === campaign.notice_id)!
  const actions = campaign.parts.filter(({ kind }) => kind === 'action')
  const at = new Date().toISOString()
  const granted = () => true
  const submits = proposals.map((one, place) => {
    const payload = {
      ...sharedPayload({ ...campaign, notice }, { key: one.key, name: one.name, granted }, at),
      part_id: actions[place % actions.length]!.id,
      helps: one.helps,
      body: one.body,
      sector: 'sociedad_civil',
      municipality: one.municipality,
    }
    return opOf(one.key, 'submit', { kind: 'propuesta.submit', payload })
  })
  const verdicts = await phone.send(submits)
  const decisions = proposals.map(({ key }, place) => {
    const verdict = verdicts[place]!
    const version = verdict.status === 'applied' ? (verdict.row as { version: number }).version : 1
    return byStaff(key, 'publish', {
      kind: 'review.decide',
      payload: { decision: 'accept_publish' },
      expected_version: version,
    })
  })
  await phone.send(decisions, token)
  await sendTaps(phone, campaign, notice)
}

const INTO_THE_PAST = `with moved as (
    update app.convocatorias c set opens_at = c.opens_at - make_interval(days => $2),
      closes_at = c.closes_at - make_interval(days => $2), answer_by = c.answer_by - $2::int
    where c.id = $1 returning c.id
  )
  update app.submissions s set received_at = s.received_at - make_interval(days => $2),
    captured_at = s.captured_at - make_interval(days => $2), published_at = s.published_at - make_interval(days => $2)
  from moved m where s.convocatoria_id = m.id`
