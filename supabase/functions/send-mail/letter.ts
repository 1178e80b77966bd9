/** A letter as it leaves: the words about its address that every letter has, and its headers. */
import type { Mail } from './handler.ts'
import { htmlOf } from './html.ts'

export interface Letter {
  /** The same in every attempt (UUID). */
  name: string
  to: string
  from: Mail['from']
  subject: string
  /** Plain text, from which `html` is made. */
  body: string
  html: string
  headers: Record<string, string>
}

/** Where the app and the functions are served, without a final slash. */
export interface Places {
  app: string
  functions: string
}

/**
 * The letter for the mail service. A letter that somebody asked for (no `token`) has neither links about its address nor
 * RFC 8058's headers: it comes once, and its reader may need it.
 */
export function letterOf(mail: Mail, { app, functions }: Places): Letter {
  const { name, to, from, subject, asks, own, token, locale } = mail
  const words = mail.body.replaceAll('{{app}}', app)
  const page = `${app}/correo#${token}`
  const ending = asks ? askingWords(page, own) : `Para dejar de recibir estos correos:\n${page}`
  const body = token === null ? words : `${words}\n\n${ending}`
  const headers = {
    'Message-ID': `<${name}@${new URL(app).hostname}>`,
    'Auto-Submitted': 'auto-generated', // RFC 3834: no mailbox answers that its owner is away
    'Content-Language': locale,
    ...(token !== null && {
      'List-Unsubscribe': `<${functions}/unsubscribe?token=${token}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
  }
  return { name, to, from, subject, body, html: htmlOf(body, subject, locale), headers }
}

/**
 * Neither *tú* nor *usted*: it ends letters of both. Whoever sent nothing here, like the liaison of a body, has no private link
 * and is not asked whether they sent it.
 */
const askingWords = (page: string, own: boolean) => `Falta confirmar este correo
Para recibir aquí los demás avisos hay que confirmarlo una vez, con el botón de esta página:
${page}

Abrir la página no confirma nada. Sin confirmar solo llegan avisos con plazo, tres como máximo.${own ? OWN : OTHERS}`

const OWN = ` Todo lo demás se ve siempre con el enlace privado.

¿Nadie lo envió desde este correo? En la misma página se puede pedir que no llegue ninguno más.`

const OTHERS = `

¿Este correo ya no es el indicado? En la misma página se puede pedir que no llegue ninguno más.`
