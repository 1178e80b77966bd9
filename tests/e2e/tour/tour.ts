/**
 * The tours show every screen in every state, one after another. The caller decides what to do with a screen:
 * check it with axe, measure it on a narrow display, or take its picture (`npm run screens`).
 */
import type pg from 'pg'
import type { Page } from '@playwright/test'
import type { Phone, PhoneOptions } from '../../support/browser'
import type { NetworkProxy } from '../../support/proxy'
import type { OpenCampaign } from '../api'

export interface Tour {
  readonly network: NetworkProxy
  readonly database: pg.Pool
  readonly campaign: OpenCampaign
  /** A folder of this run, for files that are made once and used by many tests. */
  readonly scratch: string
  /** Opens a new phone, optionally with a camera. */
  phone(options?: Pick<PhoneOptions, 'camera'>): Promise<Phone>
  /** Called with each screen once it is complete. */
  show(name: string, page: Page): Promise<void>
}

/** A proposal of a realistic length. */
export const LONG_BODY =
  'Propongo que cada acción de la estrategia diga quién responde por ella, con nombre, cargo y horario. En mi ' +
  'municipio pedimos información tres veces y nadie sabía a quién le tocaba. Si la lista estuviera a la vista en ' +
  'la oficina y en la página, la gente preguntaría más y desconfiaría menos.'
