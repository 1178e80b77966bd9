/**
 * Messages: a typed `t()` over a flat JSON file. `{name}` takes a parameter, `key#one` and
 * `key#other` are chosen by `Intl.PluralRules` from the parameter `count`. A key that does not exist
 * does not compile; `messages.test.ts` finds the unused ones.
 */

export const LOCALE = 'es-MX'

type Base<Key> = Key extends `${infer Stem}#${string}` ? Stem : Key
export type MessageKey<Messages> = Base<Extract<keyof Messages, string>>
export type Params = Readonly<Record<string, string | number>>

const plurals = new Intl.PluralRules(LOCALE)
const numbers = new Intl.NumberFormat(LOCALE)

/** The `t()` of one area. Numbers are written as people write them (2,000): give years and folios as text. */
export function translator<Messages extends Readonly<Record<string, string>>>(messages: Messages) {
  return (key: MessageKey<Messages>, params: Params = {}): string => {
    const { count } = params
    const plural = typeof count === 'number' ? messages[`${key}#${plurals.select(count)}`] : undefined
    const text = plural ?? messages[`${key}#other`] ?? messages[key] ?? key
    return text.replace(/\{(\w+)\}/gu, (hole, name: string) => {
      const value = params[name]
      if (value === undefined) return hole
      return typeof value === 'number' ? numbers.format(value) : value
    })
  }
}
