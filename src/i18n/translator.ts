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
let numbers: Intl.NumberFormat | undefined

/** A number with its separators. What has none is written without the locale data, which a slow phone loads in 100 ms. */
export function numberWords(value: number): string {
  if (value < 1000 && /^\d+(\.\d)?$/u.test(String(value))) return String(value)
  return (numbers ??= new Intl.NumberFormat(LOCALE)).format(value)
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
