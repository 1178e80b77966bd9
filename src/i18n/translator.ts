/**
 * Messages: a typed `t()` over a flat JSON file. `{name}` is replaced by a parameter; `Intl.PluralRules` chooses
 * between `key#one` and `key#other` by the parameter `count`. An unknown key does not compile; `messages.test.ts`
 * finds unused keys.
 */

export const LOCALE = 'es-MX'

type Base<Key> = Key extends `${infer Stem}#${string}` ? Stem : Key
export type MessageKey<Messages> = Base<Extract<keyof Messages, string>>
export type Params = Readonly<Record<string, string | number>>

const plurals = new Intl.PluralRules(LOCALE)

/**
 * A number of at most three decimals with the separators of Mexico, like «2,000.5». `Intl.NumberFormat` is not used: the
 * browser loads its locale data with the first of them, which takes a slow phone up to half a second.
 */
export function numberWords(value: number): string {
  const [whole, decimals] = String(Math.round(value * 1000) / 1000).split('.')
  const grouped = whole!.replace(/\B(?=(?:\d{3})+$)/gu, ',')
  return decimals ? `${grouped}.${decimals}` : grouped
}

/** Creates the `t()` of an area. It formats numbers (2,000), so pass years and folios as text. */
export function translator<Messages extends Readonly<Record<string, string>>>(messages: Messages) {
  return (key: MessageKey<Messages>, params: Params = {}): string => {
    const { count } = params
    const plural = typeof count === 'number' ? messages[`${key}#${plurals.select(count)}`] : undefined
    const text = plural ?? messages[`${key}#other`] ?? messages[key] ?? key
    return text.replace(/\{(\w+)\}/gu, (hole, name: string) => {
      const value = params[name]
      if (value === undefined) return hole
      return typeof value === 'number' ? numberWords(value) : value
    })
  }
}
