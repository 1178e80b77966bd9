/** Letters by SMTP against a real server: what it gets, and what each of its answers means for the letter. */
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import type { Mail } from '../../supabase/functions/send-mail/handler'
import { letterOf } from '../../supabase/functions/send-mail/letter'
import { smtpSender } from '../../supabase/functions/send-mail/smtp'

const PLACES = { app: 'https://participa.example', functions: 'https://api.example/functions/v1' }
const MAIL: Mail = {
  id: 1,
  name: '0b0e7a52-5d0c-4a53-9c2e-3a3f0a1f6f11',
  lease: '0b0e7a52-5d0c-4a53-9c2e-3a3f0a1f6f12',
  to: 'ana@correo.mx',
  subject: 'Recibimos tu propuesta: folio PR-2026-000001-2',
  body: 'Señal: <b>no</b> & "sí".\n\nAbre https://participa.example/x?a=1&b=2.\nGracias.',
  asks: false,
  own: true,
  locale: 'es-MX',
  token: 'f00',
  from: { name: 'Instituto, de ejemplo', address: 'participa@instituto.example' },
}

let server: SMTPServer | undefined
afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())))

/** Gives a letter to a server that answers like this. Resolves to what the server got, or rejects as the sender does. */
async function give(answers: {
  onRcptTo?: (refuse: (code: number) => void) => void
  onData?: (refuse: (code: number) => void, session: SMTPServerSession) => boolean
}): Promise<string> {
  let got = ''
  const refusal = (code: number) => Object.assign(new Error('no'), { responseCode: code })
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      let code = 0
      answers.onRcptTo?.((one) => (code = one))
      done(code ? refusal(code) : null)
    },
    onData: (stream, session, done) => {
      stream.on('data', (piece: Buffer) => (got += piece.toString()))
      stream.on('end', () => {
        let code = 0
        if (answers.onData?.((one) => (code = one), session) === false) return
        done(code ? refusal(code) : null)
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready))
  const { port } = server.server.address() as AddressInfo
  await sendTo(port)
  return got
}

const sendTo = (port: number) =>
  smtpSender({ host: '127.0.0.1', port, login: null, fallback: 'nadie@instituto.example' })(
    letterOf(MAIL, PLACES),
  )

test('a letter has one Message-ID, text and HTML of the same words, and loads nothing', async () => {
  const got = await give({})
  expect(got.match(/^message-id:.*$/gimu)).toEqual([`Message-ID: <${MAIL.name}@participa.example>`])
  expect(got).toMatch(/^From: "Instituto, de ejemplo" <participa@instituto\.example>/mu)
  expect(got).toMatch(/^Auto-Submitted: auto-generated/mu)
  expect(got).toMatch(/^Content-Language: es-MX/mu)
  expect(got).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/mu)
  expect(got).toContain('Content-Type: text/plain')
  expect(got).toContain('Content-Type: text/html')
  const { html } = letterOf(MAIL, PLACES)
  expect(html).toContain('<p>Señal: &#60;b&#62;no&#60;/b&#62; &#38; &#34;sí&#34;.</p>')
  expect(html).toContain(
    '<p>Abre <a href="https://participa.example/x?a=1&#38;b=2">https://participa.example/x?a=1&#38;b=2</a>.<br>\nGracias.</p>',
  )
  expect(html).not.toMatch(/<img|<link|<script|src=|url\(|@import|color:|background/iu)
})

test.each([550, 551, 553])('a mailbox that the server does not know (%i) is rejected', async (code) => {
  await expect(give({ onRcptTo: (refuse) => refuse(code) })).rejects.toMatchObject({
    code: `EENVELOPE ${code}`,
    meaning: 'rejected',
  })
})

test.each([450, 452, 552, 554])('a recipient that is refused with %i is tried again', async (code) => {
  await expect(give({ onRcptTo: (refuse) => refuse(code) })).rejects.toMatchObject({ meaning: 'failed' })
})

test.each([451, 550, 554])('a letter whose text is refused with %i did not leave', async (code) => {
  await expect(give({ onData: (refuse) => (refuse(code), true) })).rejects.toMatchObject({
    code: `EMESSAGE ${code}`,
    meaning: 'failed',
  })
})

test('a server that has the text and hangs up without a word leaves the letter in doubt', async () => {
  const hangUp = () => {
    for (const connection of server!.connections)
      (connection as { _socket: { destroy(): void } })._socket.destroy()
    return false
  }
  await expect(give({ onData: hangUp })).rejects.toMatchObject({ meaning: 'unknown' })
})

test('where no server listens, or its name is unknown, the letter did not leave', async () => {
  await give({})
  const { port } = server!.server.address() as AddressInfo
  await new Promise<void>((done) => server!.close(() => done()))
  server = undefined
  await expect(sendTo(port)).rejects.toMatchObject({ meaning: 'failed' })
})
