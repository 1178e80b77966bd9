import type { Consent } from '@/domain/propuesta'

/** The payload of `registration.submit`. A need (`accessibility`) requires its own consent. */
export interface RegistrationSubmission {
  convocatoria_id: string
  body_id: string
  jornada_ids: string[]
  colleagues?: { display_name: string; post: string; email: string }[] // registered for the same days; since version 2
  attends?: false // the person only registers the colleagues
  online_ids?: string[] // of them, those of both modalities that are asked for online; since version 2
  display_name: string
  post: string
  email: string
  accessibility: string | null
  notice_id: string
  notice_hash: string
  locale: string
  consented_at: string
  consents: Consent[]
}
