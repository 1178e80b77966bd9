/**
 * Registers all kinds of campaign: every folder here with a `kind.ts`. A program that saves, sends or shows submissions
 * must import this module before its other code runs.
 */
import { registerKinds, type AnyKind } from '@/domain/kinds'

registerKinds(Object.values(import.meta.glob<AnyKind>('./*/kind.ts', { eager: true, import: 'kind' })))
