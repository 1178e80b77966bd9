/** A row of the table of pages: an address of the demonstration, who opens it, and what it shows when it is complete. */
import type { Page } from '@playwright/test'
import type { World } from './world'

export interface PageRow {
  /** The name of the page in reports and pictures. */
  name: string
  /** The address as the router knows it. */
  route: string
  /** The address of this page, where it has parameters or a fragment. */
  at?: string | ((world: World) => string)
  /** The member of staff who opens it; a citizen without. */
  who?: 'coordinator' | 'moderator' | 'admin' | 'door' | 'juror'
  /** The key of a sample whose private link this phone keeps before. */
  own?: string
  /** Text that the page shows when it is complete. */
  seen: string | RegExp
  /** What a person does on the page before it is looked at. */
  act?: (page: Page) => Promise<unknown>
}

export const addressOf = ({ at, route }: PageRow, world: World): string =>
  typeof at === 'function' ? at(world) : (at ?? route)
