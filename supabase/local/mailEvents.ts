/** Runs the function mail-events. No mail service calls this backend; its secret is that of the schedule. */
import type pg from 'pg'
import { createHandler } from '../functions/mail-events/handler'
import { asService } from './service'

export const createMailEvents = (pool: pg.Pool, secret: string) =>
  createHandler({
    secret: Buffer.from(secret).toString('base64'),
    record: async (name, event) =>
      (await asService<boolean>(pool, 'select public.record_mail_event($1, $2) as result', [name, event])) ??
      false,
  })
