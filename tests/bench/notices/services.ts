/** A mail service over HTTP and an SMTP server on this machine, in front of the same mailboxes. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { MailSink } from '../../support/mailSink'

export interface Service {
  port: number
  close(): void
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

/** Answers as Resend: it recognizes a letter by its idempotency key. */
export async function mailService(sink: MailSink, now: () => number): Promise<Service> {
  const server = createServer(async (request: IncomingMessage, response) => {
    const { to, subject, text } = JSON.parse(await textOf(request)) as {
      to: string[]
      subject: string
      text: string
    }
    const reply = sink.take(String(request.headers['idempotency-key']), to[0]!, `${subject}\n${text}`, now())
    if (reply === 'silent') return void request.socket.destroy()
    response.statusCode = reply === 'taken' ? 200 : 429
    response.end('{}')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

export async function smtpServer(sink: MailSink, now: () => number): Promise<Service> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope, id }, done) => {
      void textOf(stream).then((text) => {
        const [, name = ''] = /^message-id: <([\da-f-]{36})@/imu.exec(text) ?? []
        const reply = sink.take(name, envelope.rcptTo[0]!.address, text, now())
        if (reply === 'taken') return done()
        if (reply === 'refused') return done(Object.assign(new Error('later'), { responseCode: 451 }))
        for (const one of server.connections as Set<{ id: string; _socket: { destroy(): void } }>)
          if (one.id === id) one._socket.destroy()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { port: (server.server.address() as AddressInfo).port, close: () => server.close(() => undefined) }
}
