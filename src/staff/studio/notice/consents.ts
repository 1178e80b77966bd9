/** The consents of a notice that is being written, and what each allows. */
import type { KindPermission } from '@/domain/campaignDraft'
import type { NoticeConsent } from '@/domain/rows'

/** A key that somebody's own consent gets; letters only, because the server refuses digits. */
const OWN = 'extra_'

/** The consents of a former notice with all that a new version says of them. */
export const withAllowed = (
  consents: readonly NoticeConsent[],
  permissions: readonly KindPermission[],
): NoticeConsent[] =>
  consents.map((consent) => ({
    ...consent,
    allows:
      consent.allows ??
      permissions
        .filter(({ consent_key }) => consent_key === consent.key)
        .map(({ permission }) => permission),
    until: consent.until ?? null,
  }))

/** One more consent, with a key that no other has. */
export function newConsent(consents: readonly NoticeConsent[]): NoticeConsent {
  const taken = new Set(consents.map(({ key }) => key))
  const letter = [...'abcdefghijklm'].find((one) => !taken.has(OWN + one))!
  return { key: OWN + letter, text: '', required: false, allows: [], until: null }
}

/**
 * Says whether the consent at `place` allows something. A consent of one's own takes the key by which phones and older
 * versions look for that permission, unless another consent has it.
 */
export function setAllowed(
  consents: NoticeConsent[],
  place: number,
  { permission, consent_key }: KindPermission,
  isAllowed: boolean,
): void {
  const consent = consents[place]!
  const others = (consent.allows ?? []).filter((one) => one !== permission)
  consent.allows = isAllowed ? [...others, permission] : others
  const isFree = consents.every(({ key }) => key !== consent_key)
  if (isAllowed && isFree && consent.key.startsWith(OWN)) consent.key = consent_key
}

/** The places of the consents that allow it. */
export const placesAllowing = (consents: readonly NoticeConsent[], permission: string): number[] =>
  consents.flatMap(({ allows }, place) => (allows?.includes(permission) ? [place] : []))
