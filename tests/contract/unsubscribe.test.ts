/** The words and headers that every letter has, and the address that providers of mailboxes post to (RFC 8058). */
import { describe, expect, test } from 'vitest'
import { letterOf } from '../../supabase/functions/send-mail/letter'
import { createHandler } from '../../supabase/functions/unsubscribe/handler'

const PLACES = { app: 'https://participa.example', functions: 'https://api.example/functions/v1' }
const OF_ALL = {
  'Message-ID': '<0b0e7a52-5d0c-4a53-9c2e-3a3f0a1f6f11@participa.example>',
  'Auto-Submitted': 'auto-generated',
  'Content-Language': 'es-MX',
}
const mail = (change: object) => ({
  id: 1,
  name: '0b0e7a52-5d0c-4a53-9c2e-3a3f0a1f6f11',
  lease: '0b0e7a52-5d0c-4a53-9c2e-3a3f0a1f6f12',
  to: 'ana@correo.mx',
  subject: 'Recibimos tu propuesta',
  body: 'Tu folio es PR-2026-000001-2.\n\nInstituto',
  asks: false,
  own: true,
  locale: 'es-MX',
  token: 'f00',
  from: null,
  ...change,
})

describe('the words of a letter', () => {
  test('that asks for the address say how it is confirmed, what comes without it, and how to end it', () => {
    expect(letterOf(mail({ asks: true }), PLACES).body).toBe(`Tu folio es PR-2026-000001-2.

Instituto

Falta confirmar este correo
Para recibir aquí los demás avisos hay que confirmarlo una vez, con el botón de esta página:
https://participa.example/correo#f00

Abrir la página no confirma nada. Sin confirmar solo llegan avisos con plazo, tres como máximo. Todo lo demás se ve siempre con el enlace privado.

¿Nadie lo envió desde este correo? En la misma página se puede pedir que no llegue ninguno más.`)
  })

  test('to somebody who sent nothing here, like a liaison, speak of no private link and of nothing that was sent', () => {
    const { body } = letterOf(mail({ asks: true, own: false }), PLACES)
    expect(body).toContain('https://participa.example/correo#f00')
    expect(body).toContain('¿Este correo ya no es el indicado?')
    expect(body).not.toMatch(/enlace privado|lo envió/u)
  })

  test('of any other one end with the way to stop them, which its headers repeat for the mailbox', () => {
    const { html, ...letter } = letterOf(mail({}), PLACES)
    expect(html).toContain('https://participa.example/correo#f00</a>')
    expect(letter).toEqual({
      name: '0b0e7a52-5d0c-4a53-9c2e-3a3f0a1f6f11',
      to: 'ana@correo.mx',
      from: null,
      subject: 'Recibimos tu propuesta',
      body: 'Tu folio es PR-2026-000001-2.\n\nInstituto\n\nPara dejar de recibir estos correos:\nhttps://participa.example/correo#f00',
      headers: {
        ...OF_ALL,
        'List-Unsubscribe': '<https://api.example/functions/v1/unsubscribe?token=f00>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    })
  })

  test('that somebody asked for stay as they are', () => {
    const { body, headers } = letterOf(mail({ token: null }), PLACES)
    expect([body, headers]).toEqual([mail({}).body, OF_ALL])
  })
})

describe('the function unsubscribe', () => {
  async function call(method: string, body?: string | FormData, token = 'f00') {
    const stopped: string[] = []
    const handler = createHandler({
      app: () => 'https://participa.example',
      stop: async (one) => stopped.push(one) > 0 && one === 'f00',
    })
    const headers = typeof body === 'string' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
    const address = `https://api.example/functions/v1/unsubscribe?token=${token}`
    const response = await handler(new Request(address, { method, headers, ...(body && { body }) }))
    return { status: response.status, stopped, location: response.headers.get('location') }
  }

  test('stops the letters of its token on a post of one tap, in either encoding of RFC 8058', async () => {
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')
    for (const body of ['List-Unsubscribe=One-Click', form])
      expect(await call('POST', body)).toEqual({ status: 200, stopped: ['f00'], location: null })
    expect((await call('POST', 'List-Unsubscribe=One-Click', 'b4d')).status).toBe(404)
  })

  test('changes nothing on any other call, and sends a person to the page with the buttons', async () => {
    for (const method of ['GET', 'HEAD'])
      expect(await call(method)).toEqual({
        status: 303,
        stopped: [],
        location: 'https://participa.example/correo#f00',
      })
    for (const body of [undefined, '', 'a=b', 'List-Unsubscribe=No'])
      expect(await call('POST', body)).toEqual({ status: 400, stopped: [], location: null })
    expect(await call('PUT', 'x')).toEqual({ status: 405, stopped: [], location: null })
  })
})
