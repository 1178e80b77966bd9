/** How a campaign begins: empty, from its kind's template, or as a copy of a former one. */
import { answerOf, supabase } from '@/data/staff/client'
import { staffKindOf } from '../kinds'

export interface Beginning {
  kind: string
  start: 'template' | 'empty' | 'copy'
  /** Of a copy: the campaign, and the day (`YYYY-MM-DD`) on which the copy opens. */
  from: string | null
  opensOn: string
}

/**
 * Creates the draft under an id that this device made, so that a call whose answer was lost makes no second one. Faults:
 * those of `create_convocatoria`, `clone_convocatoria` and `save_section`.
 */
export async function beginCampaign(id: string, { kind, start, from, opensOn }: Beginning): Promise<void> {
  if (start === 'copy') {
    await answerOf(supabase.rpc('clone_convocatoria', { p_id: id, p_from: from!, p_opens_on: opensOn }))
    return
  }
  const { sections } = await answerOf(supabase.rpc('create_convocatoria', { p_id: id, p_kind: kind }))
  const template = start === 'template' ? (staffKindOf(kind)?.template?.() ?? {}) : {}
  for (const { section, version } of sections) {
    const data = template[section]
    if (!data || version > 0) continue // a repeated call leaves what was saved before
    await answerOf(
      supabase.rpc('save_section', { p_id: id, p_section: section, p_expected_version: 0, p_data: data }),
    )
  }
}
