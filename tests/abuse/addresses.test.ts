/** Addresses that look or fold alike, and letters as a weapon against a stranger. */
import { randomUUID } from 'node:crypto'
import { anonymous, apply, newSecret } from '../contract/clients'
import { attack } from './attack'
import { lettersTo, submitAs } from './letters'

const codeIn = (body: string) => /^\D*\b(\d{6,8})\b/mu.exec(body)?.[1]

attack('an address that folds into another opens its folio', async (tries) => {
  const name = `victima-${randomUUID().slice(0, 8)}`
  const victim = `${name}@institucion.example`
  const { verdict } = await submitAs(victim)
  const folio = verdict.status === 'applied' ? (verdict.row as { folio: string }).folio : null
  tries.try('the victim is received', folio !== null)
  const variants = [
    `${name}@institucİon.example`,
    `${name}@institucıon.example`,
    `${name}@institución.example`,
    `${name}@ｉnstitucion.example`,
    `${name}@institucion.example.`,
    `${name}@institucion。example`,
    `${name}@instituci\u200bon.example`,
    `${name}\u200b@institucion.example`,
    `${name}\u00ad@institucion.example`,
    `${name}@institucion\u2024example`,
    `${name}@xn--institucin-bib.example`,
    `${name}+otra@institucion.example`,
    `"${name}"@institucion.example`,
    `${name}@institucion.example,otro@ajeno.example`,
    `${name}@institucion.example\notro@ajeno.example`,
    `otro@ajeno.example <${name}@institucion.example>`,
    `${name.replace('a', 'а')}@institucion.example`,
    `${name.replace('i', 'í')}@institucion.example`,
    `${name.toUpperCase()}@institucion.example`,
  ]
  for (const [index, variant] of variants.entries()) {
    const known = new Set((await lettersTo()).map(({ to, body }) => to + body))
    await submitAs(variant) // so that there is something to recover with it
    await anonymous().rpc('request_link_code', { p_email: variant })
    const letters = (await lettersTo()).filter(({ to, body }) => !known.has(to + body) && to !== victim)
    const codes = letters.flatMap(({ body }) => codeIn(body) ?? [])
    for (const p_email of [victim, variant])
      for (const p_code of codes) {
        const { data } = await anonymous().rpc('recover_links', { p_email, p_code, p_seed: newSecret() })
        const links = (data as { links?: { folio: string }[] } | null)?.links ?? []
        tries.try(
          `${index}: ${variant} opens it`,
          links.every((link) => link.folio !== folio),
        )
      }
    tries.try(
      `${index}: ${variant} is written to several`,
      letters.every(({ to }) => !/[,;\s<>]/u.test(to)),
    )
  }
})

attack('letters to a stranger who never answered', async (tries) => {
  const stranger = `extrana-${randomUUID().slice(0, 8)}@ajena.example`
  const sent = []
  for (let n = 0; n < 25; n += 1) sent.push(await submitAs(stranger))
  for (const { op } of sent.slice(0, 6))
    for (const kind of ['submission.withdraw', 'submission.undo_withdraw'] as const)
      await apply(anonymous(), [{ ...op, op_id: randomUUID(), kind, payload: {} }])
  for (let n = 0; n < 15; n += 1) await anonymous().rpc('request_link_code', { p_email: stranger })
  const letters = await lettersTo(stranger)
  const codes = letters.filter(({ body }) => codeIn(body) !== undefined)
  tries.try(
    `${letters.length - codes.length} letters that nobody asked for`,
    letters.length - codes.length <= 4,
  )
  tries.try(`${codes.length} codes`, codes.length <= 3)
  for (const { op, verdict } of sent)
    tries.try(`the submission ${op.entity_id} was received`, verdict.status === 'applied')
})
