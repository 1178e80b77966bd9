import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RegistryBody } from '@/domain/registry'
import { toCsv } from './exportCsv'
import { matchColumns, toInputs } from './reader/columns'
import { readTable } from './reader/readTable'

const classes = new Map([['sindicato', 'Sindicatos']])
const towns = new Map([['15106', 'Toluca']])
const SIGNS = ['a', 'Ñ', '"', ',', ';', '=', '+', '-', '@', '|', '#', ' ']
const name = fc
  .string({ unit: fc.constantFrom(...SIGNS), minLength: 1, maxLength: 12 })
  .map((text) => `${text}z`.trim().replace(/ +/gu, ' '))

test('an exported registry reads back as it was, whatever its names', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(name, fc.boolean()), { minLength: 1, maxLength: 8 }),
      async (bodies) => {
        const items = bodies.map(([text, active]): RegistryBody => ({
          id: text,
          name: text,
          acronym: null,
          class_key: 'sindicato',
          municipality: active ? '15106' : null,
          active,
          domains: ['a.mx', 'b.mx'],
          version: 1,
          merged_into: null,
          registrations: 0,
        }))
        const table = await readTable(new TextEncoder().encode(toCsv(items, classes, towns)))
        expect(toInputs(table, matchColumns(table.header))).toEqual(
          bodies.map(([text, active], at) => ({
            line: at + 2,
            name: text,
            acronym: '',
            class: 'Sindicatos',
            municipality: active ? 'Toluca' : '',
            active: active ? 'sí' : 'no',
            domains: 'a.mx b.mx',
          })),
        )
      },
    ),
  )
})

test('no text of an exported registry is calculated by a spreadsheet', () => {
  const item = {
    name: '=HYPERLINK("x")',
    class_key: 'sindicato',
    domains: [],
    merged_into: null,
    active: true,
  }
  expect(toCsv([item as unknown as RegistryBody], classes, towns)).toContain(`"'=HYPERLINK(""x"")"`)
})
