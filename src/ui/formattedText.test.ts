// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { FORMATTED } from '@/domain/formattedText'
import FormattedText from './FormattedText'

const html = (text: string, heading = 3) =>
  mount(FormattedText, { props: { text, heading } })
    .html()
    .replace(/\s*\n\s*/gu, '')
    .replace(/ (?:dir|class)="[^"]*"/gu, '')

test('a plain text keeps its lines and shows each of its signs', () => {
  const text = mount(FormattedText, { props: { text: '1. Uno\n* dos\n\n# tres <b>', heading: 3 } })
  const paragraphs = text.findAll('p')
  expect(paragraphs.map((one) => one.element.textContent)).toEqual(['1. Uno\n* dos', '# tres <b>'])
  expect(paragraphs.every((one) => one.classes('verbatim'))).toBe(true)
})

test('a formatted text has headings below those of its page, lists, emphasis and links', () =>
  expect(html(`${FORMATTED}# Uno\n\n## Dos\n\n3. a\n4. ***b***\n   - [c](https://a.mx)`)).toBe(
    '<div><h3>Uno</h3><h4>Dos</h4><ol start="3"><li><span>a</span></li>' +
      '<li><span><strong><em>b</em></strong></span><ul><li><span><a href="https://a.mx" rel="noopener noreferrer">c</a>' +
      '</span></li></ul></li></ol></div>',
  ))

test.each(['<img src=x onerror=alert(1)>', '[x](javascript:alert(1))', '<script>alert(1)</script>'])(
  '%s in a formatted text makes no element',
  (source) => {
    const text = mount(FormattedText, { props: { text: FORMATTED + source, heading: 3 } })
    expect(text.findAll('img, a, script')).toHaveLength(0)
    expect(text.element.textContent).toBe(source)
  },
)
