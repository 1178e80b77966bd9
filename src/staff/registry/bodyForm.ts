/** The form of one body: texts as typed, and what `save_body` takes of them. */
import { canonicalEmail } from '@/domain/email'
import type { BodyDetail, BodyForm, MissingBody } from '@/domain/registry'

export interface TypedBody {
  name: string
  acronym: string
  class_key: string | null
  municipality: string | null
  domains: string
  liaison_name: string
  liaison_post: string
  liaison_email: string
  liaison_phone: string
}

export const emptyBody = (): TypedBody => ({
  name: '',
  acronym: '',
  class_key: null,
  municipality: null,
  domains: '',
  liaison_name: '',
  liaison_post: '',
  liaison_email: '',
  liaison_phone: '',
})

export const typedOf = ({ liaison, ...body }: BodyDetail): TypedBody => ({
  name: body.name,
  acronym: body.acronym ?? '',
  class_key: body.class_key,
  municipality: body.municipality,
  domains: body.domains.join(' '),
  liaison_name: liaison?.name ?? '',
  liaison_post: liaison?.post ?? '',
  liaison_email: liaison?.email ?? '',
  liaison_phone: liaison?.phone ?? '',
})

/** A new body as a citizen named it. */
export const typedOfReport = ({ name, class_key, municipality }: MissingBody): TypedBody => ({
  ...emptyBody(),
  name,
  class_key,
  municipality,
})

/** `liaison` is null when nothing of it was written. */
export function formOf(typed: TypedBody): BodyForm {
  const liaison = {
    name: typed.liaison_name.trim(),
    post: typed.liaison_post.trim() || null,
    email: canonicalEmail(typed.liaison_email) ?? (typed.liaison_email.trim() || null),
    phone: typed.liaison_phone.trim() || null,
  }
  return {
    name: typed.name,
    acronym: typed.acronym.trim() || null,
    class_key: typed.class_key ?? '',
    municipality: typed.municipality,
    domains: typed.domains.split(/[\s,;]+/u).filter(Boolean),
    liaison: Object.values(liaison).some(Boolean) ? liaison : null,
  }
}
