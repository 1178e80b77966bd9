/**
 * Registers every kind of campaign that this version knows: each folder here with a `kind.ts`. Whatever starts a
 * program that saves, sends or shows submissions imports this before anything else of it runs.
 */
import { registerKinds, type KindTraits, type CampaignKind } from '@/domain/kinds'

interface KindModule {
  kind: KindTraits<CampaignKind>
}

registerKinds(
  Object.values(import.meta.glob<KindModule>('./*/kind.ts', { eager: true })).map(({ kind }) => kind),
)
