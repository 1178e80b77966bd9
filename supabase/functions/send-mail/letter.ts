/** A letter as it leaves: the words about its address that every letter has, and the headers for one-tap unsubscribing. */
import type { Mail } from './handler.ts'

export interface Letter {
  to: string
  from: Mail['from']
  subject: string
  /** Plain text; letters have no HTML. */
  body: string
  headers: Record<string, string>
}

/** Where the app and the functions are served, without a final slash. */
export interface Places {
  app: string
  functions: string
}

/**
 * The letter for the transport. A letter that somebody asked for (no `token`) has neither links about its address nor
 * RFC 8058's headers: it comes once, and its reader may need it.
 */
export function letterOf(mail: Mail, { app, functions }: Places): Letter {
  const { to, from, subject, asks, token } = mail
  const body = mail.body.replaceAll('{{app}}', app)
  if (token === null) return { to, from, subject, body, headers: {} }
  const page = `${app}/correo#${token}`
  return {
    to,
    from,
    subject,
    body: `${body}\n\n${asks ? askingWords(page) : `Para dejar de recibir estos correos:\n${page}`}`,
    headers: {
      'List-Unsubscribe': `<${functions}/unsubscribe?token=${token}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  }
}

/** Neither *tú* nor *usted*: it ends letters of both. */
const askingWords = (page: string) => `Falta confirmar este correo
Para recibir aquí los demás avisos hay que confirmarlo una vez, con el botón de esta página:
${page}

Abrir la página no confirma nada. Sin confirmar solo llegan avisos con plazo, tres como máximo. Todo lo demás se ve siempre con el enlace privado.

¿Nadie lo envió desde este correo? En la misma página se puede pedir que no llegue ninguno más.`
