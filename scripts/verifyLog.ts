/**
 * `npm run verify:log -- <file or folder>…`: verifies the transparency log without network. A folder stands for its JSON files;
 * each is known by what it holds: a saved answer of `bootstrap` (the keys), files of the bucket `log-public` (heads), and what
 * folio pages save (comprobantes).
 *
 *   curl -H "apikey: …" https://<project>/rest/v1/rpc/bootstrap > registro/llaves.json
 *   curl https://<project>/storage/v1/object/public/log-public/2026-11-30.json > registro/2026-11-30.json
 *
 * Exits 0 when all of it holds, 1 when something does not, and 2 when heads between two days are missing or nothing was given.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PublicKey } from '@/campaign/signature'
import type { HeadFile } from '@/domain/publicLog'
import { countedSteps, signedHead } from '@/features/envios/log/judge'
import type { Evidence } from '@/features/envios/log/useLogCheck'
import { hashesIn, isExtension, type Tree } from '../supabase/functions/_shared/signed/merkle'
import { type LogHead, readHead, readStep } from '../supabase/functions/_shared/signed/publicLog'

interface Given {
  keys: PublicKey[]
  heads: Map<string, HeadFile>
  receipts: [file: string, receipt: Evidence][]
}

const outcome = { failed: 0, gaps: 0, held: 0 }
const say = (isHeld: boolean, words: string) => {
  outcome[isHeld ? 'held' : 'failed'] += 1
  console.log(`${isHeld ? 'BIEN ' : 'FALLA'}  ${words}`)
}

function read(places: string[]): Given {
  const given: Given = { keys: [], heads: new Map(), receipts: [] }
  const files = places.flatMap((place) =>
    statSync(place).isDirectory()
      ? readdirSync(place)
          .filter((name) => name.endsWith('.json'))
          .map((name) => join(place, name))
      : [place],
  )
  for (const file of files.sort()) {
    const content = JSON.parse(readFileSync(file, 'utf8')) as Partial<HeadFile & Evidence> & {
      signing_keys?: PublicKey[]
    }
    if (content.signing_keys) given.keys.push(...content.signing_keys)
    else if (content.proof) given.receipts.push([file, content as Evidence])
    else if (content.text !== undefined && content.signature !== undefined)
      takeHead(file, content as HeadFile, given)
    else throw new Error(`${file}: no es de este registro`)
  }
  return given
}

function takeHead(file: string, head: HeadFile, { heads }: Given) {
  const day = readHead(head.text)?.day ?? file
  const other = heads.get(day)
  if (other && other.text !== head.text) say(false, `${day}: hay dos cortes distintos del mismo día`)
  else heads.set(day, head)
}

const isSame = (one: Tree, other: Tree) => isExtension(one, other, []) && one.size === other.size

/** Each head: its signature, and that it extends the one before. */
async function verifyHeads({ heads, keys }: Given): Promise<void> {
  let before: LogHead | undefined
  for (const [day, file] of [...heads].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const head = await signedHead(file, keys)
    if (!head || head === 'unknown_signer') {
      say(false, `${day}: el corte no tiene una firma de estas llaves`)
      continue
    }
    if (before && before.day !== head.previous?.day) {
      outcome.gaps += 1
      console.log(`FALTA  de ${before.day} a ${day}: sin los cortes de en medio no se puede comprobar`)
    } else if (before && head.previous) {
      const proof = hashesIn(file.consistency)
      const extended = isSame(before, head.previous) && !!proof && isExtension(before, head, proof)
      say(extended, `${day}: ${extended ? 'continúa' : 'NO continúa'} el corte de ${before.day}`)
      if (!extended) continue
    }
    before = head
    say(true, `${day}: corte firmado con ${head.size} lugares`)
  }
}

/** A comprobante: its head is signed and is the public one of that day, and every step is in it. */
async function verifyReceipt(
  [file, { proof, seen }]: Given['receipts'][number],
  given: Given,
): Promise<void> {
  const head = proof.head && (await signedHead(proof.head, given.keys))
  if (!proof.head || !head || head === 'unknown_signer')
    return say(false, `${file}: su corte no tiene una firma de estas llaves`)
  const published = given.heads.get(head.day)
  if (published && published.text !== proof.head.text)
    say(false, `${file}: su corte no es el publicado de ${head.day}`)
  const before = seen && (await signedHead(seen, given.keys))
  const path = hashesIn(proof.consistency)
  if (before && before !== 'unknown_signer' && !(path && isExtension(before, head, path)))
    say(false, `${file}: el corte de ${head.day} no continúa el de ${before.day}, y los dos están firmados`)
  const folio = proof.steps[0] && readStep(proof.steps[0].text)?.folio
  const steps = folio === undefined ? [] : countedSteps(proof.steps, folio, head)
  if (!steps?.length) return say(false, `${file}: no hay pasos, o uno no está en el corte`)
  say(true, `${file}: ${folio}, ${steps.length} pasos en el corte de ${head.day}`)
  for (const { at, kind, position } of steps) console.log(`         lugar ${position + 1}: ${kind}, ${at}`)
}

async function main(): Promise<number> {
  const places = process.argv.slice(2)
  if (places.length === 0) throw new Error('Falta algo: npm run verify:log -- <archivo o carpeta>…')
  const given = read(places)
  if (given.keys.length === 0) throw new Error('Faltan las llaves: una respuesta guardada de bootstrap')
  await verifyHeads(given)
  for (const receipt of given.receipts) await verifyReceipt(receipt, given)
  console.log(`${outcome.held} bien, ${outcome.failed} fallas, ${outcome.gaps} huecos`)
  return outcome.failed > 0 ? 1 : outcome.gaps > 0 || outcome.held === 0 ? 2 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
