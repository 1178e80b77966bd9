// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { FORMATTED } from '@/domain/formattedText'
import { typedLink } from '../typedLink'
import { writeText } from '../writeText'
import { pastedText } from './pastedText'

const pasted = async (html: string, text = '') =>
  writeText(await pastedText({ html, text })).replace(FORMATTED, '~')

const WORD = `<p class=MsoTitle>Bases</p><p class=MsoNormal style='font-weight:bold'>Quién <i>participa</i></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>Uno</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span>Dos</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.</span>Tres</p>`

test.each([
  ['Word', WORD, '~# Bases\n\n**Quién *participa***\n\n1. Uno\n   - Dos\n2. Tres'],
  [
    'Google Docs',
    '<b style="font-weight:normal"><h2>Bases</h2><h3>Quién</h3><p><span style="font-weight:700">Todas</span> <span style="font-style:italic">y todos</span></p><ul><li><p>Uno</p></li><ul><li>Dos</li></ul></ul></b>',
    '~# Bases\n\n## Quién\n\n**Todas** *y todos*\n\n- Uno\n  - Dos',
  ],
  [
    'a page with links',
    '<p><a href="https://a.mx/b(1)">uno</a> <a href="javascript:x">dos</a> <a href="mailto:a@b.mx">tres</a></p>',
    '~[uno](https://a.mx/b%281%29) dos [tres](mailto:a@b.mx)',
  ],
  [
    'a page with a script, a picture and a table',
    '<script>x</script><img src=x onerror=x><table><tr><td>a<td>b</table>',
    'a\n\nb',
  ],
  ['a list that begins at three', '<ol start=3><li>a<li>b</ol>', '~3. a\n4. b'],
])('what is copied from %s keeps its headings, lists, emphasis and links', async (_, html, expected) =>
  expect(await pasted(html)).toBe(expected),
)

test('Markdown that is copied as text is read, and plain text is not', async () => {
  expect(await pasted('', '# Bases\n\n- **uno**\n- dos')).toBe('~# Bases\n\n- **uno**\n- dos')
  expect(await pasted('', '1. uno\n* dos <b>')).toBe('1. uno\n* dos <b>')
})

test.each([
  ['www.ejemplo.mx', 'https://www.ejemplo.mx'],
  [' https://ejemplo.mx/a b(1) ', 'https://ejemplo.mx/a%20b%281%29'],
  ['ana@ejemplo.mx', 'mailto:ana@ejemplo.mx'],
  ['722 226 19 80', 'tel:7222261980'],
  ['javascript:alert(1)', null],
  ['hola', null],
  ['', null],
])('an address typed as %j is the link %s', (typed, expected) => expect(typedLink(typed)).toBe(expected))
