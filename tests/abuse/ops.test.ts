/** Ops that are repeated, forged, or sent in another's name. */
import { randomUUID } from 'node:crypto'
import { anonymous, apply, call, newSecret, validOp } from '../contract/clients'
import { attack } from './attack'

attack('replayed and forged ops', async (tries) => {
  const client = anonymous()
  const op = await validOp(client)
  const [first] = await apply(client, [op])
  tries.try('an op is applied', first?.status === 'applied')
  const again = [
    op,
    { ...op, payload: { ...(op.payload as object), body: 'Otro texto, también suficientemente largo.' } },
    { ...op, kind: 'submission.withdraw' as const, payload: {} },
    { ...op, entity_id: randomUUID() },
    { ...op, v: 99 },
  ]
  for (const [n, one] of again.entries()) {
    const [verdict] = await apply(client, [one])
    tries.try(`replay ${n} has the stored verdict`, JSON.stringify(verdict) === JSON.stringify(first))
  }
  const stranger = { ...op, op_id: randomUUID(), secret: newSecret() }
  const forged = [
    stranger,
    ...(
      [
        'propuesta.correct',
        'submission.withdraw',
        'submission.undo_withdraw',
        'registration.cancel_day',
      ] as const
    ).map((kind) => ({ ...stranger, op_id: randomUUID(), kind, payload: {}, expected_version: 1 })),
    ...(
      [
        'review.decide',
        'review.undo',
        'door.check_in',
        'door.undo_check_in',
        'registration.amend',
        'registration.release',
        'registration.reassign',
        'registration.enter',
        'propuesta.enter',
        'registration.seat',
        'constancia.reissue',
        'constancia.revoke',
        'jornada.reschedule',
        'video.transcribe',
      ] as const
    ).map((kind) => ({ ...stranger, op_id: randomUUID(), kind, payload: {}, expected_version: 1 })),
    { ...op, op_id: randomUUID(), entity_id: randomUUID(), kind: 'app.grant_staff' as never },
    { ...op, op_id: randomUUID(), entity_id: randomUUID(), secret: '' },
    { ...op, op_id: randomUUID(), entity_id: randomUUID(), v: 99 },
  ]
  for (const one of forged) {
    const [verdict] = await apply(client, [one])
    tries.try(`${one.kind} forged: ${JSON.stringify(verdict)}`, verdict?.status === 'refused')
  }
  const post = (body: string) => call('/rest/v1/rpc/apply_ops', { method: 'POST', body })
  const many = JSON.stringify({ ops: Array.from({ length: 51 }, () => op) })
  tries.try('51 ops in a call', (await post(many)).status === 413)
  tries.try('300 KB in a call', (await post(`{"ops":["${'a'.repeat(300_000)}"]}`)).status === 413)
})

attack('folios and secrets that are guessed', async (tries) => {
  const op = await validOp(anonymous())
  const [verdict] = await apply(anonymous(), [op])
  const { folio } = (verdict as { row: { folio: string } }).row
  const open = async (p_folio: string, p_secret: string) => {
    const { error } = await anonymous().rpc('open_folio', { p_folio, p_secret })
    return error && `${error.code} ${error.message}`
  }
  const unknown = await open('PR-2026-000000-0', newSecret())
  for (const secret of [
    '',
    'A'.repeat(22),
    `${op.secret} `,
    op.secret.slice(0, -1),
    op.secret.toLowerCase(),
    '%',
    newSecret(),
  ])
    tries.try(`the secret «${secret}»`, (await open(folio, secret)) === unknown)
  tries.try('the author opens it', (await open(folio, op.secret)) === null)
})
