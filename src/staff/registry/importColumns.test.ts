// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import ImportColumns from './ImportColumns.vue'
import { useImport } from './useImport'

vi.mock('@/data/staff/client', () => ({ answerOf: vi.fn(), supabase: {} }))

test('the encoding that was found can be changed by hand, and the sample reads in it at once', async () => {
  const flow = useImport()
  await flow.choose(new File([Buffer.from('nombre;clase\nUni\xeen;sindicato\n', 'latin1')], 'de_una_mac.csv'))
  const columns = mount(ImportColumns, { props: { flow } })
  const sample = () => columns.get('.registry-sample').text()
  expect(columns.text()).toContain('Detectada: Windows-1252.')
  expect(sample()).toContain('Uniîn')
  await columns.get('#encoding').setValue('macintosh')
  await flushPromises()
  expect(sample()).toContain('UniÓn')
  expect(columns.text()).toContain('Detectada: Windows-1252.')
  flow.match.value.name = null
  await columns.get('#encoding').setValue('UTF-8')
  await flushPromises()
  expect(flow.match.value.name).toBe(0) // each reading finds its columns anew
})
