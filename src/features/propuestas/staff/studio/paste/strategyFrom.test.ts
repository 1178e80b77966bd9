// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import type { Strategy } from '../strategy'
import { strategyFrom } from './strategyFrom'

/** The strategy as lines: `# topic`, `A1 title | text (area)`, `- paragraph`. */
const linesOf = ({ topics, parts }: Strategy) =>
  topics.flatMap((topic) => [
    `# ${topic.title}`,
    ...parts
      .filter(({ topic_id }) => topic_id === topic.id)
      .map(({ kind, number, title, body, answered_by }) =>
        kind === 'paragraph'
          ? `- ${body}`
          : `${number || 'A'} ${title} | ${body}${answered_by ? ` (${answered_by})` : ''}`,
      ),
  ])
const fromHtml = async (html: string, text = '') => linesOf(await strategyFrom({ html, text }, 'Estrategia'))
const fromText = async (text: string) => linesOf(await strategyFrom({ html: '', text }, 'Estrategia'))

const word = (body: string) => `<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; mso-pagination:widow-orphan; font-family:"Calibri",sans-serif;} --></style>
</head><body lang=ES-MX style='tab-interval:35.4pt;word-wrap:break-word'><!--StartFragment-->${body}<!--EndFragment--></body></html>`

test('a document of Word: styles, o:p, nested spans, footnotes, tracked deletions and soft hyphens leave only text', async () => {
  const html = word(`
<h1 style='mso-list:none'><span lang=ES-MX style='mso-ansi-language:ES-MX'>Eje 1. Información que se
entiende<o:p></o:p></span></h1>
<h2><span style='mso-bookmark:_Toc1'><a name="_Toc1"></a>1.1 Publicar en <span class=SpellE>lenguaje</span> claro</span><o:p></o:p></h2>
<p class=MsoNormal style='text-align:justify'><span lang=ES-MX style='font-size:11.0pt;line-height:107%'>Reescribir las
20&nbsp;páginas más con\u00adsultadas<a style='mso-footnote-id:ftn1' href="#_ftn1"><span class=MsoFootnoteReference>[1]</span></a>
y <b style='mso-bidi-font-weight:normal'>probarlas</b> con <del cite="mailto:x">los ciudadanos</del><ins>personas</ins>.<o:p></o:p></span></p>
<p class=MsoNormal>Responsable: Dirección de Difusión<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Se hará en <i>dos</i> etapas.<o:p></o:p></p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>Nota.</p></div></div>`)
  expect(await fromHtml(html)).toEqual([
    '# Eje 1. Información que se entiende',
    '1.1 Publicar en lenguaje claro | Reescribir las 20 páginas más consultadas y probarlas con personas. (Dirección de Difusión)',
    '- Se hará en dos etapas.',
  ])
})

test('the lists of Word: bullets go, bold beginnings become actions, other items paragraphs', async () => {
  const item = (mark: string, text: string) =>
    `<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>${mark}<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`
  const html = word(
    `<p class=MsoTitle>Estrategia 2027<o:p></o:p></p>` +
      item('1.', '<b>Mesas de diálogo.</b> Se organizarán cinco mesas cada semestre.') +
      item('·', 'Una en cada región.') +
      item('o', 'Con minuta pública.'),
  )
  expect(await fromHtml(html)).toEqual([
    '# Estrategia 2027',
    'A Mesas de diálogo | Se organizarán cinco mesas cada semestre.',
    '- Una en cada región.',
    '- Con minuta pública.',
  ])
})

test('the automatic numbers of Word’s headings and lists number actions, and paragraphs only by their order', async () => {
  const mark = (text: string) =>
    `<![if !supportLists]><span style='mso-list:Ignore'>${text}<span>&nbsp;&nbsp;</span></span><![endif]>`
  const html = word(
    `<h1 style='mso-list:l0 level1 lfo1'>${mark('1.')}Escuelas<o:p></o:p></h1>` +
      `<h2 style='mso-list:l0 level2 lfo1'>${mark('1.1')}Talleres<o:p></o:p></h2>` +
      `<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>${mark('1)')}De dos horas.<o:p></o:p></p>` +
      `<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>${mark('2)')}Sin costo.<o:p></o:p></p>`,
  )
  expect(await fromHtml(html)).toEqual(['# 1. Escuelas', '1.1 Talleres | De dos horas.', '- Sin costo.'])
})

test('a document of Word without heading styles: bold lines are its topics and actions', async () => {
  const line = (text: string) =>
    `<p class=MsoNormal><b><span style='mso-ansi-language:ES-MX'>${text}<o:p></o:p></span></b></p>`
  const html = word(
    line('EJE 1. PARTICIPACIÓN') +
      line('Acción 1. Mesas de diálogo regionales') +
      '<p class=MsoNormal>Cinco mesas cada semestre.</p><p class=MsoNormal>Con <b>minuta</b> pública.</p>' +
      line('Acción 2: Respuesta a cada propuesta') +
      '<p class=MsoNormal>Con razones.</p>',
  )
  expect(await fromHtml(html)).toEqual([
    '# EJE 1. PARTICIPACIÓN',
    'A1 Mesas de diálogo regionales | Cinco mesas cada semestre.',
    '- Con minuta pública.',
    'A2 Respuesta a cada propuesta | Con razones.',
  ])
})

test('Google Docs: the wrapper of normal weight is not bold, and a weight of 700 is', async () => {
  const span = (text: string, weight = 400) =>
    `<span style="font-size:11pt;font-family:Arial;font-weight:${weight};white-space:pre-wrap;">${text}</span>`
  const html = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b"><h2 dir="ltr">${span('Tema uno')}</h2>
<p dir="ltr">${span('Capacitación', 700)}</p><p dir="ltr">${span('Talleres en los municipios.')}</p><br />
<ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation">${span('Cada año.')}</p></li></ul></b>`
  expect(await fromHtml(html)).toEqual([
    '# Tema uno',
    'A Capacitación | Talleres en los municipios.',
    '- Cada año.',
  ])
})

test('LibreOffice: paragraphs in font elements and line breaks', async () => {
  const html = `<!DOCTYPE html><html><head><style type="text/css">p { line-height: 115% }</style></head><body lang="es-MX" dir="ltr">
<h1 class="western">1. Difusión</h1><p style="margin-bottom: 0cm"><font face="Liberation Serif, serif"><b>1.1. Cápsulas</b></font></p>
<p><font color="#000000">Una al mes.<br/>
En audio.</font></p><p><br/></p></body></html>`
  expect(await fromHtml(html)).toEqual(['# 1. Difusión', '1.1 Cápsulas | Una al mes. En audio.'])
})

test('no script, event or image of the clipboard survives or runs', async () => {
  const html = `<h2>Tema</h2><script>window.ran = true</script><p onclick="x()">Texto <img src="x" onerror="window.ran = true">
<a href="javascript:x()">con enlace</a><style>p{}</style><template><p>oculto</p></template></p>`
  expect(await fromHtml(html)).toEqual(['# Tema', '- Texto con enlace'])
  expect(window).not.toHaveProperty('ran')
})

test('Markdown: headings, numbered headings, bold beginnings and lists', async () => {
  const text = `# Estrategia 2027

## Información

### 1.1 Lenguaje claro

Reescribir **20** páginas [del portal](https://example.org).

Responde: Dirección de Difusión

- Probarlas antes.

## Participación

1. **Mesas de diálogo.** Cinco cada semestre.
2. Con minuta &amp; acuerdos.`
  expect(await fromText(text)).toEqual([
    '# Información',
    '1.1 Lenguaje claro | Reescribir 20 páginas del portal. (Dirección de Difusión)',
    '- Probarlas antes.',
    '# Participación',
    'A Mesas de diálogo | Cinco cada semestre.',
    '- Con minuta & acuerdos.',
  ])
})

test('in a document without numbers or bold words the deepest of two levels of headings are the actions', async () => {
  expect(await fromText('# Uno\n\n## Materiales\n\nEn cinco lenguas.\n\nTambién en audio.')).toEqual([
    '# Uno',
    'A Materiales | En cinco lenguas.',
    '- También en audio.',
  ])
})

test('each line of a plain text is a paragraph, and a short numbered line an action', async () => {
  expect(await fromText('Eje 1. Escuelas\r\n1.1 Talleres\r\nDos horas cada uno.\r\nSin costo.')).toEqual([
    '# Eje 1. Escuelas',
    '1.1 Talleres | Dos horas cada uno.',
    '- Sin costo.',
  ])
})

test('Markdown that an editor copied as painted HTML is read as Markdown', async () => {
  const html =
    '<meta charset="utf-8"><div style="font-family: monospace"><div><span># Tema</span></div></div>'
  expect(await fromHtml(html, '## Tema\n\nTexto.')).toEqual(['# Tema', '- Texto.'])
})

test('a bold word within a sentence makes no action, nor does a long bold paragraph', async () => {
  const long = 'palabra '.repeat(40).trim()
  expect(await fromHtml(`<p><b>Cada</b> traducción se revisará.</p><p><b>${long}</b></p>`)).toEqual([
    '# Estrategia',
    '- Cada traducción se revisará.',
    `- ${long}`,
  ])
})

test('a number that the document gives twice is given once', async () => {
  expect(await fromText('### 1.1 Uno\n\nA.\n\n### 1.1 Dos\n\nB.')).toEqual([
    '# Estrategia',
    '1.1 Uno | A.',
    'A Dos | B.',
  ])
})

test('nothing pasted is an empty strategy', async () => {
  expect(await strategyFrom({ html: '', text: ' \n ' }, 'x')).toEqual({ topics: [], parts: [] })
})
