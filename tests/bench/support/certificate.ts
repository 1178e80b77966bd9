/** A new certificate for 127.0.0.1: X.509 v3 in DER, with only the fields that a browser reads. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const hex = (text: string) => Buffer.from(text, 'hex')
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content)
const time = (at: Date) => der(0x17, Buffer.from(at.toISOString().replace(/\D/gu, '').slice(2, 14) + 'Z'))

const ECDSA_SHA256 = sequence(hex('06082a8648ce3d040302'))
const NAME = sequence(der(0x31, sequence(hex('0603550403'), der(0x0c, Buffer.from('bench')))))
/** subjectAltName: 127.0.0.1 */
const EXTENSIONS = der(0xa3, sequence(sequence(hex('0603551d11'), der(0x04, sequence(hex('87047f000001'))))))

/** Key and certificate in PEM, valid for one day. */
export function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const day = 86_400_000
  const from = new Date(Date.now() - day)
  const body = sequence(
    der(0xa0, hex('020102')),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ECDSA_SHA256,
    NAME,
    sequence(time(from), time(new Date(Date.now() + day))),
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
    EXTENSIONS,
  )
  const whole = sequence(body, ECDSA_SHA256, bits(sign('sha256', body, privateKey)))
  const lines = whole.toString('base64').replace(/(.{64})/gu, '$1\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}
