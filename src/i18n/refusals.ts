/** Messages for every refusal of the server and every fault of a call: what happened and what to do. */
import { Fault } from '@/domain/fault'
import faults from './es-MX/faults.json'
import refusals from './es-MX/refusals.json'

const words: Readonly<Record<string, string>> = { ...faults, ...refusals }

/** The message of a refusal's or fault's code. An unknown code of a newer server gets the general message. */
export const refusalText = (code: string): string => words[code] ?? faults.unknown

/** The message of any error that a call threw. */
export const faultText = (error: unknown): string =>
  refusalText(error instanceof Fault ? error.code : 'unknown')
