/** A campaign of the demonstration that is over: published while it receives, and moved into the past afterwards. */
import type { CampaignDraft, SectionAnswer } from '@/domain/campaignDraft'
import type { Phone } from './phone'

export type Data = SectionAnswer['data']

interface Series {
  id: string
  kind?: string
  /** The open campaign of that kind whose sections it takes. */
  like: string
  dataOf: (section: string, data: Data) => object
}

/** Publishes it. Its sections are those of `like`, as `dataOf` changes them. */
export async function publishSeries(
  phone: Phone,
  token: string,
  { id, kind = 'jornadas', like, dataOf }: Series,
): Promise<void> {
  const draft = (p_id: string) =>
    phone.post<CampaignDraft>('/rest/v1/rpc/convocatoria_draft', { p_id }, token)
  await phone.post('/rest/v1/rpc/create_convocatoria', { p_id: id, p_kind: kind }, token)
  const model = new Map((await draft(like)).sections.map(({ section, data }) => [section, data]))
  let { revision, sections } = await draft(id)
  for (const { section, version } of sections) {
    const p_data = dataOf(section, model.get(section) ?? {})
    const request = { p_id: id, p_section: section, p_expected_version: version, p_data }
    ;({ revision } = await phone.post<{ revision: number }>('/rest/v1/rpc/save_section', request, token))
  }
  await phone.post('/rest/v1/rpc/publish_convocatoria', { p_id: id, p_revision: revision }, token)
}

/** Moves days, arrivals and dates of the campaign $1 by $2 days; each later day is a day nearer. */
export const INTO_THE_PAST = `with moved as (select $1::uuid as id, make_interval(days => $2) as by), days as (
    update app.jornadas j set on_day = app.local_day(j.starts_at - d.by), starts_at = j.starts_at - d.by,
      ends_at = j.ends_at - d.by
    from (select m.id, m.by - make_interval(days => o.position - 1) as by, o.id as day from moved m
      join app.jornadas o on o.convocatoria_id = m.id) d where j.id = d.day returning j.id
  ), seats as (
    update app.seats s set checked_in_at = s.checked_in_at - m.by from moved m, days d where s.jornada_id = d.id
  ), notes as (
    update app.door_notes n set at = n.at - m.by, claimed_at = n.claimed_at - m.by from moved m, days d where n.jornada_id = d.id
  )
  update app.convocatorias c set opens_at = c.opens_at - m.by, closes_at = c.closes_at - m.by,
    answer_by = c.answer_by - $2::int
  from moved m where c.id = m.id`
