import { expect, test } from 'vitest'
import { untypedCalls } from './typedCalls'

const of = (text: string, file = 'src/staff/a.ts') => untypedCalls(file, text)

test.each([
  ["const a = (await rpc('f', {})) as Row", 'casts an answer'],
  ["const a = (await answerOf(supabase.rpc('f'))).items as Row[]", 'casts an answer'],
  ["const { data } = (await supabase.rpc('f')) as unknown as Answer", 'casts an answer'],
  ["const a = rpc<Row>('f', {})", 'names the type of an answer'],
  ["const a = supabase.functions.invoke<Row>('f', {})", 'names the type of an answer'],
  ["fetch('/rest/v1/rpc/f')", 'writes an address of the server'],
  ['fetch(`${URL}/functions/v1/${name}`)', 'writes an address of the server'],
])('the call `%s` is reported', (text, what) => {
  expect(of(text)).toContain(`src/staff/a.ts:1 ${what}`)
})

test('a call in a component is reported with the line of the file', () => {
  const text = '<script setup lang="ts">\nconst a = rpc<Row>(\'f\')\n</script>\n<template>/rest/v1</template>'
  expect(of(text, 'src/staff/A.vue')).toEqual(['src/staff/A.vue:2 names the type of an answer'])
})

test('typed calls and the modules that hold server addresses pass', () => {
  expect(of("const { items } = await answerOf(supabase.rpc('jornada_days'))")).toEqual([])
  expect(of("const row = kept as Row; const b = await rpc('f', args as Args)")).toEqual([])
  expect(of("fetch('/rest/v1/rpc/f')", 'src/data/rpc.ts')).toEqual([])
})
