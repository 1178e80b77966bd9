/** Passes and links of constancias that are signed, each of its own, for pictures. */
import { toBase64url } from '../../../supabase/functions/_shared/signed/base64url'
import { passHead, passSigned } from '../../../supabase/functions/_shared/signed/pass'
import { passText } from '../../../supabase/functions/_shared/signed/passText'
import { signerOf } from '../../../supabase/functions/sign/keys'
import { randomFrom } from '../random'

const signer = signerOf({ '2026-06-01': '07'.repeat(32) })!

/** The text of a pass with random content. */
export function passOf(seed: number): string {
  const random = randomFrom(seed)
  const content = Array.from({ length: 86 }, () => Math.floor(random() * 16).toString(16)).join('')
  const head = passHead(signer.publicKey, content)
  return passText(head + signer.sign(passSigned(head)))
}

/** The link of a constancia, with names as long as they are. */
export function constanciaOf(seed: number): string {
  const text = `convoca:constancia:1
${signer.id}
7K3F9QXM2W
${seed + 1}
2026-11-22
María Fernanda Hernández Ñúñez
2026-11-18 2026-11-20
240
Jornadas de Sensibilización en Transparencia Proactiva
Instituto de ejemplo
`
  const signature = Buffer.from(signer.sign(text), 'hex')
  return `https://participa.example/verificar#${toBase64url(new TextEncoder().encode(text))}.${toBase64url(signature)}`
}
