/**
 * The tours show every screen in every state it has, one after the other. What is done with a screen is the
 * guest's business: axe looks at it, a narrow screen is measured, `npm run screens` takes its picture.
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
  /** A folder of this run, for what is made once and used by many. */
  readonly scratch: string
  /** A new phone, with a camera where that is said. */
  phone(options?: Pick<PhoneOptions, 'camera'>): Promise<Phone>
  /** Called with each screen once it is as a person sees it. */
  show(name: string, page: Page): Promise<void>
}

/** A text as long as people write, with a marker that nobody else has. */
export const LONG_BODY =
  'Propongo que cada acción de la estrategia diga quién responde por ella, con nombre, cargo y horario. En mi ' +
  'municipio pedimos información tres veces y nadie sabía a quién le tocaba. Si la lista estuviera a la vista en ' +
  'la oficina y en la página, la gente preguntaría más y desconfiaría menos.'
