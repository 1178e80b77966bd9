/** The form of a recognition, and what of it is sent. */
import { visibleLength } from '@/domain/canon'

export type Whom = 'author' | 'person' | 'body'

export interface RecognitionForm {
  id: string
  whom: Whom | null
  folio: string
  name: string
  consent: 'in_person' | 'telephone' | 'letter' | null
  work: string
  links: string[]
}

const LINKS = 3
export const WORK_MAX = 160

export const newForm = (): RecognitionForm => ({
  id: crypto.randomUUID(),
  whom: null,
  folio: '',
  name: '',
  consent: null,
  work: '',
  links: Array.from({ length: LINKS }, () => ''),
})

export const dataOf = ({ id, whom, folio, name, consent, work, links }: RecognitionForm): object => ({
  id,
  holder: whom === 'body' ? 'body' : 'person',
  ...(whom === 'author' ? { folio: folio.trim().toUpperCase() } : { name }),
  ...(whom === 'person' && { consent }),
  work,
  links: links.filter((link) => visibleLength(link) > 0),
})

const isMissing = (text: string) => visibleLength(text) === 0

/** What is missing or wrong, by the id of its field. The server checks it again. */
export function refuseForm({
  whom,
  folio,
  name,
  consent,
  work,
  links,
}: RecognitionForm): Record<string, string> {
  const given = links.map((link) => link.trim()).filter(Boolean)
  return {
    ...(!whom && { whom: 'text_required' }),
    ...(whom === 'author' && isMissing(folio) && { folio: 'work_unknown' }),
    ...(whom && whom !== 'author' && isMissing(name) && { name: 'text_required' }),
    ...(whom === 'person' && !consent && { consent: 'name_consent_required' }),
    ...(isMissing(work) && { work: 'text_required' }),
    ...([...work.trim()].length > WORK_MAX && { work: 'text_too_long' }),
    ...(given.length === 0 && { 'link-0': 'evidence_required' }),
    ...Object.fromEntries(
      links.flatMap((link, at) =>
        link.trim() && (!/^https:\/\/\S+\.\S+$/u.test(link.trim()) || link.trim().length > 120)
          ? [[`link-${at}`, 'evidence_invalid']]
          : [],
      ),
    ),
  }
}
