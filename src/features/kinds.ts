/**
 * Registers every kind of campaign that this version knows: each folder here with a `kind.ts`. Whatever starts a
 * program that saves, sends or shows submissions imports this before anything else of it runs.
 */
import { registerKinds, type AnyKind } from '@/domain/kinds'

registerKinds(Object.values(import.meta.glob<AnyKind>('./*/kind.ts', { eager: true, import: 'kind' })))
