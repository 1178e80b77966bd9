// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { textsOf, voiceIn } from './aloud'

const voice = (lang: string, localService = true) => ({ lang, localService }) as SpeechSynthesisVoice

test.each([
  ['the voice of Mexico before a neighbour’s', [voice('es-US'), voice('es-MX')], 'es-MX'],
  ['a neighbour’s where there is no other', [voice('en-US'), voice('es_US')], 'es_US'],
  ['none of another Spanish', [voice('es-ES')], undefined],
  ['none that sends the text away', [voice('es-MX', false)], undefined],
  ['none on a phone without voices', [], undefined],
])('the page is read by %s', (_, voices, lang) => expect(voiceIn(voices)?.lang).toBe(lang))

test('a page is read in its order, once, without what is folded, hidden or only about the form', () => {
  document.body.innerHTML = `<main class="page">
    <div class="step-head"><p>Paso 3 de 6</p></div>
    <h1>¿Qué cambiarías,\n y por qué?</h1>
    <fieldset><legend>¿Ayuda?<p>Una sola respuesta.</p></legend><label>Sí</label><label>No</label></fieldset>
    <p class="visually-hidden">Para lectores</p><p role="status">Guardado</p>
    <details><summary>¿No sabes por dónde empezar?</summary><ul><li>Un ejemplo.</li></ul></details>
    <p>No pongas datos de otras personas.</p></main>`
  expect(textsOf(document.querySelector('.page')!)).toEqual([
    '¿Qué cambiarías, y por qué?',
    '¿Ayuda?Una sola respuesta.',
    'Sí',
    'No',
    '¿No sabes por dónde empezar?',
    'No pongas datos de otras personas.',
  ])
})
