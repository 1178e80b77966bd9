// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { FORMATTED } from '@/domain/formattedText'
import NoticeWords from './NoticeWords.vue'

const sectionOf = (...paragraphs: string[]) => {
  const notice = { simplified: [], consents: [], full: [{ heading: 'Para qué se usan', paragraphs }] }
  const html = mount(NoticeWords, { props: { notice } }).html({ raw: true })
  return html.slice(html.indexOf('<h3>')).replaceAll(/<!--.*?-->/gu, '')
}

test('a plain section of a notice reads as typed, one paragraph each, whatever signs it has', () =>
  expect(sectionOf('**Uno** y [dos](https://x.mx)', '- tres\n- cuatro', '# cinco')).toBe(
    '<h3>Para qué se usan</h3><p>**Uno** y [dos](https://x.mx)</p><p>- tres\n- cuatro</p><p># cinco</p></div>',
  ))

test('a formatted section of a notice has lists, emphasis and links, and its headings follow the section', () => {
  const html = sectionOf(`${FORMATTED}# Fines\n\n- **Uno**\n- [dos](https://x.mx)`)
  expect(html).toContain('<h4 dir="auto">Fines</h4>')
  expect(html).toContain('<strong>Uno</strong>')
  expect(html).toContain('<a href="https://x.mx" rel="noopener noreferrer">dos</a>')
})
