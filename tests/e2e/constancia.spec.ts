import { expect } from '@playwright/test'
import type { StaffItem } from '@/domain/staffRows'
import { signDue } from '../support/signing'
import { callApi, sendOp, signInByApi } from './api'
import { findViolations } from './axe'
import { makeDay, registerGuest } from './doorSteps'
import { PATIENCE } from './patience'
import { makeMember } from './staffSteps'
import { test } from './stage'
import { button, keepByLink, link, untilReadyOffline } from './steps'
import { constancia, jornadas, verificar } from './words'

test('who attended asks for the constancia, a stranger verifies it in airplane mode, and sees there that it was revoked', async ({
  stage,
}) => {
  const { origin } = stage.network
  const day = await makeDay(stage.database, 'Jornada con constancia')
  await stage.database.query(
    `insert into app.constancia_rules (convocatoria_id, rule)
     select convocatoria_id, 'day' from app.jornadas where id = $1 on conflict do nothing`,
    [day.id],
  )
  const guest = await registerGuest(origin, stage.database, 'Ana María Núñez Peña', [day])
  const coordinator = await makeMember(stage.database, 'Cora Coordinadora', 'coordinator')
  const token = await signInByApi(origin, coordinator)
  const act = async (kind: string, payload: object, expected_version?: number) => {
    const op = { kind, entity_id: guest.id, payload, ...(expected_version && { expected_version }) }
    expect(await sendOp(origin, op as Parameters<typeof sendOp>[1], token)).toMatchObject({
      status: 'applied',
    })
  }
  await act('door.check_in', { jornada_id: day.id, code: null, at: new Date().toISOString() })

  await stage.database.query(
    `update app.jornadas set on_day = app.local_day(now() - interval '4 hours'), starts_at = now() - interval '4 hours',
       ends_at = now() - interval '2 hours' where id = $1`,
    [day.id],
  )

  const author = await stage.phone()
  await keepByLink(author.page, origin, { path: `/folio#${guest.folio}.${guest.secret}` })
  await link(author.page, jornadas('seat.constancia')).first().click()
  await button(author.page, constancia('ask')).click()
  await button(author.page, constancia('print')).waitFor()
  const address = await link(author.page, constancia('verify')).getAttribute('href')
  expect(await findViolations(author.page, 'constancia')).toEqual([])

  await signDue(origin)
  const stranger = await stage.phone()
  await stranger.open('/verificar')
  await untilReadyOffline(stranger.page)
  await stranger.offline(true)
  await stranger.page.goto(`${origin}${address}`)
  await stranger.page.getByText(verificar('valid'), { exact: true }).waitFor()
  await stranger.page.getByText('Ana María Núñez Peña').waitFor()
  expect(await findViolations(stranger.page, 'verificar')).toEqual([])

  await stranger.offline(false)
  const { version } = await callApi<StaffItem>(origin, 'review_item', { p_id: guest.id }, token)
  await act('constancia.revoke', { reason: 'La asistencia se anotó a otra persona.' }, version)
  await signDue(origin)
  const listed = stranger.page.waitForResponse((answer) => answer.url().includes('/rpc/revoked_constancias'))
  await stranger.page.goto(origin)
  await listed
  await stranger.offline(true)
  await expect(async () => {
    await stranger.page.goto(`${origin}${address}`)
    await stranger.page.getByText(verificar('revoked'), { exact: true }).waitFor({ timeout: 2000 })
  }).toPass(PATIENCE)
  expect([...author.errors, ...stranger.errors]).toEqual([])
})
