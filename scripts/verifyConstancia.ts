/**
 * `npm run verify:constancia -- <link or file> <keys> [list]`: verifies a constancia without network. The link is that of
 * its QR code; a file may hold it. `keys` is a saved answer of `bootstrap`, `list` one of `revoked_constancias`:
 *
 *   curl -H "apikey: …" https://<project>/rest/v1/rpc/bootstrap > keys.json
 *   curl -H "apikey: …" https://<project>/rest/v1/rpc/revoked_constancias > list.json
 *
 * Exits 0 when it is valid, 1 when it is not, and 2 when the signature holds and no list says whether it still counts.
 */
import { existsSync, readFileSync } from 'node:fs'
import type { PublicKey } from '@/campaign/signature'
import { codeIn, type SignedText, type Verdict, verifyConstancia } from '@/features/verificar/verify'

const WORDS: Record<Verdict['outcome'], string> = {
  valid: 'VÁLIDA: la firmó el instituto y no está entre las revocadas.',
  revoked: 'REVOCADA: ya no vale.',
  superseded: 'SUSTITUIDA por otra: ya no vale.',
  unlisted: 'FIRMA VÁLIDA, sin lista de revocadas: no se sabe si sigue vigente.',
  unknown_signer: 'DE OTRA LLAVE: no la firmó este instituto.',
  damaged: 'ALTERADA O INCOMPLETA: la firma no corresponde.',
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

async function main(): Promise<number> {
  const [given, keysFile, listFile] = process.argv.slice(2)
  if (!given || !keysFile)
    throw new Error('Falta algo: npm run verify:constancia -- <enlace o archivo> llaves.json [lista.json]')
  const { signing_keys: keys = [] } = readJson(keysFile) as { signing_keys?: PublicKey[] }
  const list = listFile ? (readJson(listFile) as SignedText) : null
  const code = codeIn(existsSync(given) ? readFileSync(given, 'utf8') : given)
  const verdict = await verifyConstancia(code, keys, list)
  console.log(WORDS[verdict.outcome])
  if ('constancia' in verdict) {
    const { name, work, links, event, days, minutes, issuer, issuedOn, serial, keyId, label } =
      verdict.constancia
    const what = work ? { work, links: links.join(' '), event } : { event, days: days.join(' '), minutes }
    const lines = { name, ...what, issuer, issuedOn, serial, keyId, label }
    for (const [line, value] of Object.entries(lines)) console.log(`  ${line}: ${value}`)
  }
  if ('listedAt' in verdict) console.log(`  lista del ${verdict.listedAt}`)
  return verdict.outcome === 'valid' ? 0 : verdict.outcome === 'unlisted' ? 2 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
