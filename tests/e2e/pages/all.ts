/** Every page of the app: each address of the router has a row. */
import { citizenRows } from './citizen'
import { deskRows } from './desk'
import { deskKindRows } from './deskKinds'
import type { PageRow } from './row'

export const PAGES: readonly PageRow[] = [...citizenRows, ...deskRows, ...deskKindRows]
