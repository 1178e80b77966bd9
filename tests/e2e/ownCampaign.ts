/** Consultations of a spec's own, written past the studio and published as its members do. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { CampaignDraft } from '@/domain/campaignDraft'
import * as cs from '../support/campaignSections'
import { callApi, signInByApi } from './api'
import type { Member } from './staffSteps'

export interface OwnCampaign {
  id: string
  slug: string
  title: string
}

/** A draft that lacks nothing, with these sections instead of the usual ones. */
export async function makeDraft(
  database: pg.Pool,
  sections: Record<string, object> = {},
): Promise<OwnCampaign> {
  const id = randomUUID()
  const slug = `consulta-${id.slice(0, 8)}`
  const title = `Consulta ${id.slice(0, 8)}`
  const all = {
    ...cs.wholeCampaign('propuestas'),
    textos: cs.textos({ title, slug, question: title }),
    ...sections,
  }
  await database.query(`insert into app.convocatorias (id, kind) values ($1, 'propuestas')`, [id])
  for (const [section, data] of Object.entries(all)) {
    await database.query(
      'insert into app.campaign_sections (convocatoria_id, section, data, saved_by) values ($1, $2, $3, $4)',
      [id, section, data, randomUUID()],
    )
  }
  return { id, slug, title }
}

export async function publishDraft(origin: string, member: Member, { id }: OwnCampaign): Promise<void> {
  const token = await signInByApi(origin, member)
  const { revision } = await callApi<CampaignDraft>(origin, 'convocatoria_draft', { p_id: id }, token)
  await callApi(origin, 'publish_convocatoria', { p_id: id, p_revision: revision }, token)
}
