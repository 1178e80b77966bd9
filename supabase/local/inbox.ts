/**
 * Keeps the embedded backend's e-mail in a file beside the database and shows it on a page. Nothing is sent. A letter that
 * came twice is shown once, as by a mail service that recognizes it.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Letter } from '../functions/send-mail/letter'
import { json } from './http'

interface Kept extends Letter {
  at: string
}

export interface Inbox {
  deliver(letter: Letter): void
  /** Serves `/__inbox` for people and `/__inbox.json?to=` for tests, newest letter first. */
  respond(request: Request): Response
}

const SHOWN = 200

/** The file holds one letter a line and lives as long as the database beside it. */
export function createInbox(file: string): Inbox {
  const letters = (): Kept[] => {
    const kept = existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(parseLetter) : []
    // A letter that an older version kept has no name.
    return [...new Map(kept.map((letter, index) => [letter.name ?? index, letter])).values()].reverse()
  }
  return {
    deliver: (letter) =>
      appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...letter })}\n`, {
        mode: 0o600,
      }),
    respond: (request) => {
      const { pathname, searchParams } = new URL(request.url)
      if (pathname === '/__inbox.css') return new Response(STYLE, { headers: { 'content-type': 'text/css' } })
      const to = searchParams.get('to')
      const shown = letters().filter((letter) => !to || letter.to === to)
      return pathname === '/__inbox.json'
        ? json(200, shown, { 'cache-control': 'no-store' })
        : page(shown.slice(0, SHOWN))
    },
  }
}

/** A letter, or nothing where a line was cut short by a kill. */
function parseLetter(line: string): Kept[] {
  try {
    return [JSON.parse(line) as Kept]
  } catch {
    return []
  }
}

const page = (letters: Kept[]) =>
  new Response(
    `<!doctype html><html lang="es-MX"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Correos de la demostración</title><link rel="stylesheet" href="/__inbox.css">
<main><h1>Correos de la demostración</h1>
<p>Aquí llegan los correos que enviaría el sistema. No salen de esta máquina.</p>
${letters.map(article).join('\n') || '<p>Todavía no hay correos.</p>'}</main></html>`,
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': CSP,
      },
    },
  )

const CSP =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const article = ({ at, from, to, subject, body }: Kept) =>
  `<article><h2>${escapeHtml(subject)}</h2><p><time>${escapeHtml(at)}</time> ${from ? ` · de ${escapeHtml(`${from.name} <${from.address}>`)}` : ''} · para ${escapeHtml(to)}</p><pre>${linked(body)}</pre></article>`

/** The text with its addresses as links, as a mail program shows it. */
const linked = (text: string) =>
  escapeHtml(text).replace(
    /https?:[^\s<&]+(?:&#\d+;[^\s<&]+)*/gu,
    (address) => `<a href="${address}">${address}</a>`,
  )

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const STYLE = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto; padding: 1rem }
article { border-top: 1px solid; padding: .5rem 0 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
`
