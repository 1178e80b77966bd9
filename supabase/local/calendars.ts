/** Runs the function calendar on this backend's own database. */
import type pg from 'pg'
import { createHandler, type Feed, type Refused } from '../functions/calendar/handler'
import { asService } from './service'

/** `address`: where this backend serves the app. */
export const createCalendars = (pool: pg.Pool, address: () => string | null) =>
  createHandler({
    app: address,
    read: async ({ campaign, key, direct, hops }) =>
      (await asService<Feed | Refused>(pool, 'select public.calendar_feed($1, $2, $3, $4) as result', [
        campaign,
        key,
        direct,
        hops,
      ])) ?? { refused: 'unknown' },
  })
