/**
 * The form of the editor that the studio replaced, as a device may still keep it: what a person typed there before the
 * update opens in the studio's sections.
 */
import { dropReplies, getReply, saveReply } from '@/data/staff/replies'
import { endOfDay, localDay, startOfDay } from '@/domain/centralTime'
import type { NoticeConsent } from '@/domain/rows'
import { paragraphsOf } from '@/domain/text'
import type { SectionData } from './section'
import { type KeptSection, placeOf } from './useSection'

/** Its place among the replies kept on this device. */
const FORMER = 'campana'
/** The place of a campaign that had no id yet. */
const NEW = 'nueva'

interface FormerNotice {
  title: string
  simplified: string
  full: { heading: string; text: string }[]
  consents: NoticeConsent[]
}

interface FormerForm {
  kind: string | null
  title: string
  slug: string
  summary: string
  question: string
  who_decides: string
  what_happens_next: string
  label: string
  source: string
  opens_on: string
  closes_on: string
  grace_hours: string
  inputs_on: string
  results_on: string
  answer_by: string
  milestones: { on: string; until: string; title: string; note: string }[]
  notice_id: string | null
  notice: FormerNotice | null
}

interface FormerData {
  opens_at?: string | null
  closes_at?: string | null
}

const noticeOf = ({ title, simplified, full, consents }: FormerNotice) => ({
  title,
  simplified: paragraphsOf(simplified),
  full: full.map(({ heading, text }) => ({ heading, paragraphs: paragraphsOf(text) })),
  consents,
})

/** An hour that was saved stays as long as its day does: the form spoke of days alone. */
const instantOf = (day: string, saved: string | null | undefined, edge: (day: string) => string) => {
  if (!day) return null
  return saved && localDay(saved) === day ? saved : edge(day)
}

/** The sections that the form filled. `base`: what it was written over, where the device kept that too. */
export function sectionsOf(form: FormerForm, base: FormerData | null): Record<string, SectionData> {
  const grace = form.grace_hours.trim()
  const { title, slug, summary, question, who_decides, what_happens_next, label, source } = form
  return {
    textos: {
      title,
      slug,
      summary,
      question,
      who_decides,
      what_happens_next,
      label: label || null,
      source: source || null,
    },
    fechas: {
      opens_at: instantOf(form.opens_on, base?.opens_at, startOfDay),
      closes_at: instantOf(form.closes_on, base?.closes_at, endOfDay),
      grace_hours: /^\d{1,4}$/u.test(grace) ? Number(grace) : null,
      inputs_on: form.inputs_on || null,
      results_on: form.results_on || null,
      answer_by: form.answer_by || null,
      milestones: form.milestones.map(({ on, until, title: name, note }) => ({
        on: on || null,
        until: until || null,
        title: name,
        note: note || null,
      })),
    },
    aviso: { notice_id: form.notice_id, notice: form.notice && noticeOf(form.notice) },
  }
}

interface Kept {
  form: FormerForm
  base?: FormerData | null
}

const findFormer = async (userId: string, place: string) =>
  (await getReply(userId, place, FORMER).catch(() => undefined)) as Kept | undefined

/** The kind of the new campaign that this member was writing before the update; undefined when there is none. */
export const formerKind = async (userId: string): Promise<string | null | undefined> =>
  (await findFormer(userId, NEW))?.form.kind

/**
 * Moves a former form into the sections of campaign `id`, once. Over a saved campaign each section is compared with the
 * server's before it goes on, because it is not known which version it was written over.
 */
export async function adoptFormer(userId: string, id: string, isNew: boolean): Promise<void> {
  const place = isNew ? NEW : id
  const former = await findFormer(userId, place)
  if (!former) return
  for (const [section, data] of Object.entries(sectionsOf(former.form, former.base ?? null))) {
    const kept: KeptSection = { version: isNew ? 0 : -1, data, base: {} }
    await saveReply(userId, id, placeOf(section), kept)
  }
  await dropReplies(userId, place, [FORMER])
}
