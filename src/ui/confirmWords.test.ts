/** Questions before a serious act: the button that leaves them is told apart from the one that confirms. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const src = path.resolve(import.meta.dirname, '..')
const read = (name: string) => readFileSync(path.join(src, name), 'utf8')
const filesOf = (kind: RegExp) =>
  readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => kind.test(name))
const words = filesOf(/^i18n\/es-MX\/.*\.json$/u).map(
  (name) => JSON.parse(read(name)) as Record<string, string>,
)
/** The dialogs of all screens, each with its attributes. */
const dialogs = filesOf(/\.vue$/u).flatMap((name) =>
  [...read(name).matchAll(/<ConfirmDialog\b((?:=>|[^>])*)>/gu)].map(([, attributes]) => ({
    name,
    attributes: attributes!,
  })),
)
/** What the button that confirms may say: the word of its key, which stands in the dialog or in a constant. */
function confirmsBy({ name, attributes }: (typeof dialogs)[number]): string[] {
  const [, given = ''] = /:confirm="([^"]+)"/u.exec(attributes) ?? []
  const source = /^\w+$/u.test(given) ? read(name).split(`const ${given} = `)[1]?.split('\n')[0] : given
  const [, key = ''] = /t\('([^']+)'/u.exec(source ?? '') ?? []
  return words.flatMap((area) => area[key] ?? [])
}

test('no question offers «Cancelar» beside a button that cancels something', () => {
  expect(dialogs.length).toBeGreaterThan(15)
  const wrong = dialogs.filter(
    (one) =>
      !one.attributes.includes(':cancel=') && confirmsBy(one).some((label) => /\bcancelar\b/iu.test(label)),
  )
  expect(wrong.map(({ name }) => name)).toEqual([])
})
