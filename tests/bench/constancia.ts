/**
 * Constancias: how long a phone four times slower takes for a verdict, in airplane mode, how many altered codes it
 * accepts, and how large the list is that names 10,000 that ended. The page, the code and the codec are those of the app.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { PublicKey } from '@/campaign/signature'
import { type SignedText, verifyConstancia } from '@/features/verificar/verify'
import { alterations, seededRandom } from '@/features/verificar/testing/alterations'
import { toBase64url } from '../../supabase/functions/_shared/signed/base64url'
import { type Ended, writeRevocations } from '../../supabase/functions/_shared/signed/revocations'
import { signerOf } from '../../supabase/functions/sign/keys'
import { buildIfStale } from '../../supabase/local/build'
import { serveFolder } from '../../supabase/local/static'
import { openPhone, removeProfiles } from '../support/browser'
import { bench, type Bench, median, round } from './support/run'

const ROOT = path.resolve(import.meta.dirname, '../..')
const THROTTLE = 4
const [ISSUED, ENDED] = [[100_000, 400_000, 10_000_000, 100_000_000], 10_000] as const
const [RUNS, MUTATIONS] = [7, 1_000_000]
const OUTCOMES = ['damaged', 'unknown_signer']

const signer = signerOf({ '2026-06-01': '07'.repeat(32) })!
const keys: PublicKey[] = [{ id: signer.id, public_key: signer.publicKey }]

function codeOf(number: number): string {
  const text = `convoca:constancia:1
${signer.id}
7K3F9QXM2W
${number}
2026-11-22
María Fernanda Hernández Ñúñez
2026-11-18 2026-11-20
240
Jornadas de Sensibilización en materia de Transparencia Proactiva
Instituto de ejemplo
`
  const signature = Buffer.from(signer.sign(text), 'hex')
  return `${toBase64url(new TextEncoder().encode(text))}.${toBase64url(signature)}`
}

/** 10,000 of what was issued, half of them superseded. The first number is not among them. */
function listOfEnded(issued: number): SignedText {
  const random = seededRandom(13)
  const numbers = new Set<number>()
  while (numbers.size < ENDED) numbers.add(2 + Math.floor(random() * (issued - 1)))
  const ended = [...numbers].sort((a, b) => a - b).map((number): Ended => [number, random() < 0.5])
  const text = writeRevocations(
    { signed_at: new Date().toISOString(), issuer: 'Instituto', ended },
    signer.id,
  )
  return { text, signature: signer.sign(text) }
}

async function mutate(the: Bench, count: number): Promise<number> {
  let [accepted, done] = [0, 0]
  for (const altered of alterations(codeOf(1), seededRandom(20261129), count)) {
    const { outcome } = await verifyConstancia(altered, keys, null)
    if (!OUTCOMES.includes(outcome)) accepted += 1
    if (++done % 50_000 === 0) the.say(`${done} altered codes, ${accepted} accepted`)
  }
  return accepted
}

/** The built app, with the two public reads that verifying takes; any other call fails. */
async function serve(list: SignedText): Promise<{ server: Server; origin: string }> {
  const files = serveFolder((await buildIfStale(ROOT)).folder)
  const contact = { email: 'a@b.example', phone: '', address: '', hours: '' }
  const institution = {
    name: 'Instituto',
    short_name: 'Instituto',
    accent: '#5b3a8e',
    demo_label: null,
    contact,
  }
  const answers: Record<string, object> = {
    bootstrap: { now: new Date().toISOString(), institution, convocatorias: [], signing_keys: keys },
    revoked_constancias: list,
  }
  const server = createServer((incoming, outgoing) => {
    const [, fn] = /^\/rest\/v1\/rpc\/(\w+)/u.exec(incoming.url ?? '') ?? []
    if (fn === undefined && !/^\/(rest|auth|functions)\//u.test(incoming.url ?? ''))
      return files(incoming, outgoing)
    const answer = answers[fn ?? '']
    outgoing.writeHead(answer ? 200 : 503, { 'content-type': 'application/json' })
    outgoing.end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Milliseconds from a tap on «Verificar», and from opening the link, to the verdict on the screen. */
async function measure(the: Bench, list: SignedText, runs: number) {
  const { server, origin } = await serve(list)
  the.finally(() => void server.close())
  the.finally(removeProfiles)
  const phone = await openPhone({ origin, down: () => undefined })
  const { page } = phone
  await phone.open('/')
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    while (!(await caches.match('/rest/v1/rpc/revoked_constancias')))
      await new Promise((done) => setTimeout(done, 100))
  })
  await phone.offline(true)
  const session = await phone.context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
  const verdict = page.getByText('Constancia válida')
  const [verify, open]: [number[], number[]] = [[], []]
  for (let run = 0; run < runs; run++) {
    await page.goto('about:blank')
    let from = performance.now()
    await page.goto(`${origin}/verificar#${codeOf(1)}`, { waitUntil: 'commit' })
    await verdict.waitFor()
    open.push(performance.now() - from)
    await page.getByRole('button', { name: 'Verificar otra' }).click()
    await page.locator('#verify-code').fill(codeOf(1))
    from = performance.now()
    await page.getByRole('button', { name: 'Verificar', exact: true }).click()
    await verdict.waitFor()
    verify.push(performance.now() - from)
    the.say(`run ${run}: verdict ${Math.round(verify.at(-1)!)} ms, opened ${Math.round(open.at(-1)!)} ms`)
  }
  await phone.close()
  return { verify_ms_4x: round(median(verify)), open_ms_4x: round(median(open)) }
}

await bench(
  'constancia',
  async (the) => {
    const lists = ISSUED.map(listOfEnded)
    const bytes = lists.map((list) => gzipSync(JSON.stringify(list)).length)
    const mutations = Number(the.option('mutations') ?? (the.quick ? 20_000 : MUTATIONS))
    const times = await measure(the, lists[0]!, the.quick ? 3 : RUNS)
    return {
      ours: {
        ...times,
        mutations,
        accepted: await mutate(the, mutations),
        revocation_bytes_10k: Math.max(...bytes),
        revocation_bytes_by_issued: Object.fromEntries(ISSUED.map((issued, at) => [issued, bytes[at]])),
      },
      peers: {},
      ratio: {},
      runs: the.quick ? 3 : RUNS,
      stated: { issued: ISSUED, ended: ENDED, cpu_throttle: THROTTLE, network: 'airplane mode' },
    }
  },
  { needsPeers: false },
)
