/** Makes every letter about jornadas once. */
import { callAs, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import type { Sample } from './letters.test'

const REASON = 'La ponente no puede ese día.'

export async function jornadaLetters(
  db: TestDatabase,
  lastLetter: (key: string, reader: Sample['reader']) => Promise<Sample>,
): Promise<Sample[]> {
  const letters: Sample[] = []
  const note = async (key: string) => letters.push(await lastLetter(key, 'usted'))
  const sql = (text: string, ...values: unknown[]) => db.pool.query(text, values)
  await sql(`insert into app.sujetos_obligados (id, name, class_key) values
    ('00000000-0000-4000-8000-00000000f001', 'Secretaría de ejemplo', 'poder_ejecutivo')`)
  const body_id = '00000000-0000-4000-8000-00000000f001'
  await sql(
    `update app.jornadas set capacity = 2, on_day = '2026-12-08', starts_at = '2026-12-08T16:00:00Z', ends_at = null,
       place = 'Auditorio de ejemplo', address = 'Calle 1, Toluca', accessibility = 'Rampa en la entrada', link = null
     where id = $1`,
    jx.DAY,
  )
  await sql(
    `update app.jornadas set capacity = 5, on_day = '2026-12-10', starts_at = '2026-12-10T16:00:00Z', ends_at = null
     where id = $1`,
    jx.NEXT_DAY,
  )
  const register = () => jx.register(db, { body_id, jornada_ids: [jx.DAY] })
  const about = ({ id }: jx.Registered, news: string) =>
    sql('select app.mail_seats($1, array[$2]::uuid[], $3)', id, jx.DAY, news)

  const one = await register()
  await note('registered')
  const unconfirmed = await jx.register(db, {
    body_id,
    jornada_ids: [jx.DAY],
    email: 'sin.confirmar@edomex.example',
  })
  await note('registered_held')
  await register()
  await note('registered_waiting')
  const { rows } = await db.pool.query<{ email: string }>(
    'select email from app.contacts where submission_id = $1',
    [one.id],
  )
  await jx.register(db, { body_id, jornada_ids: [jx.DAY], email: rows[0]!.email })
  await note('registered_twice')
  await sql(`select app.mail_held($1, array[$2]::uuid[], '2026-11-25T18:00:00Z')`, one.id, jx.DAY)
  await note('held')
  for (const news of ['confirmed', 'lapsed', 'unconfirmed', 'cancelled']) {
    await about(one, news)
    await note(`seat_${news}`)
  }
  await sql('select app.mail_moved_seat($1, $2)', one.id, jx.DAY)
  await note('day_taken')
  await sql('select app.mail_moved_modality($1, $2)', one.id, jx.DAY)
  await note('modality_changed')
  await sql('select app.mail_substitute($1)', one.id)
  await note('substitute')
  await sql(
    'select app.mail_passed_on($1, $2, null)',
    one.id,
    '· Grupo 1 · Primera Jornada: martes 8 de diciembre de 2026',
  )
  await note('substituted')
  await sql('select app.mail_colleague($1)', one.id)
  await note('colleague')
  await sql(
    'select app.mail_released($1, $2)',
    one.id,
    '· Grupo 1 · Primera Jornada: martes 8 de diciembre de 2026',
  )
  await note('colleague_released')
  for (const news of ['pending', 'not_kept']) {
    await about(one, news)
    await note(`seat_${news}`)
  }
  await sql(`select app.mail_asked($1, $2, '2026-12-07T18:00:00Z', true)`, one.id, jx.DAY)
  await note('asked_again')
  await sql(
    `select app.mail_liaison('enlace@edomex.example', 'Secretaría de ejemplo', 'Jornadas', $1)`,
    '· Ana Pérez, titular: Primera Jornada',
  )
  await note('liaison')
  await sql(
    `update app.seats set status = 'offered', pass_code = null, offer_until = '2026-11-26T18:00:00Z' where submission_id = $1`,
    one.id,
  )
  await about(one, 'offered')
  await note('seat_offered')
  await sql(
    `select app.mail_about_seats($1, 'Recordatorio de su jornada', app.reminder_letter(j), 'deadline') from app.jornadas j
     where j.id = $2`,
    one.id,
    jx.DAY,
  )
  await note('reminder')
  await changes()
  await acts()
  await liaisons()
  await sql(
    `update app.seats set status = 'set_apart', pass_code = null, held_until = null where submission_id = $1`,
    unconfirmed.id,
  )
  await sql('select app.alert_staff()')
  await note('alert')
  return letters

  /** The letters of announced changes, as coordinators preview and send them. */
  async function changes() {
    const tell = (change: string) =>
      sql(
        `select app.mail_about_seats($1, l.subject, l.body, 'deadline') from app.jornadas j,
           app.day_letters(j, jsonb_populate_record(j, $3), $4) l where j.id = $2 limit 1`,
        one.id,
        jx.DAY,
        change,
        REASON,
      )
    await tell('{"on_day": "2026-12-15", "starts_at": "2026-12-15T17:00:00Z", "speaker": "Luz Rojas"}')
    await note('day_changed')
    await tell('{"cancelled_at": "2026-11-24T18:00:00Z"}')
    await note('day_cancelled')
    await sql(
      `select app.mail_about_seats($1, 'Sí habrá una jornada que se había cancelado',
         app.restored_letter(j, $3, 'confirmed'), 'deadline') from app.jornadas j where j.id = $2`,
      one.id,
      jx.DAY,
      REASON,
    )
    await note('day_restored')
    await sql(
      `select app.mail_about_seats($1, 'Ya tiene fecha una jornada', app.dated_letter(j), 'notice') from app.jornadas j
       where j.id = $2`,
      one.id,
      jx.DAY,
    )
    await note('day_dated')
  }

  /** To the liaison of a body that has not registered. */
  async function liaisons() {
    const { rows } = await db.pool.query<{ group: string; body: string }>(
      `insert into app.sujetos_obligados (name, class_key) values ('Secretaría sin inscribir', 'poder_ejecutivo')
       returning id as body, (select group_id from app.jornadas where id = $1) as "group"`,
      [jx.DAY],
    )
    const [{ group, body }] = rows as [{ group: string; body: string }]
    await sql(
      `insert into app.body_liaisons (body_id, name, email) values ($1, 'Luz', 'enlace@edomex.example')`,
      body,
    )
    await sql(
      `update app.jornadas set on_day = null, starts_at = null, ends_at = null where group_id = $1 and id <> $2 and id <> $3`,
      group,
      jx.DAY,
      jx.NEXT_DAY,
    )
    await sql(
      `update app.convocatorias set opens_at = '2026-11-01T06:00:00Z', closes_at = '2026-12-05T05:59:00Z' where id = $1`,
      jx.JORNADAS,
    )
    const write = (p_kind: string) =>
      callAs(db, fx.coordinator, 'write_to_liaisons', { p_group: group, p_kind })
    await write('invitation')
    await note('liaison_invitation')
    await sql(`update app.body_letters set at = at - interval '3 days'`)
    await write('reminder')
    await note('liaison_reminder')
  }

  /** What the coordination does on somebody's behalf. */
  async function acts() {
    const act = async (
      kind: `registration.${'amend' | 'release' | 'reassign' | 'seat'}` | 'constancia.revoke',
      who: jx.Registered,
      payload: object,
    ) => {
      const { rows } = await db.pool.query<{ version: number }>(
        'select version from app.submissions where id = $1',
        [who.id],
      )
      const op = fx.op(
        kind,
        who.id,
        { reason: 'Lo pidió por teléfono.', ...payload },
        {
          expected_version: rows[0]!.version,
        },
      )
      const verdict = await fx.applyOne(db, fx.coordinator, op)
      if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
    }
    const other = await jx.register(db, { body_id, jornada_ids: [jx.NEXT_DAY] })
    await act('registration.amend', other, { post: 'Directora' })
    await note('amended')
    await sql(
      `select app.change_address(s, 'otra@edomex.example') from app.submissions s where s.id = $1`,
      other.id,
    )
    await note('address_changed')
    await sql('update app.jornadas set capacity = 50 where id = $1', jx.DAY)
    await act('registration.reassign', other, { jornada_id: jx.NEXT_DAY, to: jx.DAY })
    await note('day_moved')
    await act('registration.release', other, { jornada_id: jx.DAY })
    await note('day_released')
    const third = await jx.register(db, { body_id, jornada_ids: [jx.NEXT_DAY] })
    const link = 'https://sala.example/1'
    await sql('update app.jornadas set online_capacity = 5, link = $2 where id = $1', jx.NEXT_DAY, link)
    const over = { jornada_id: jx.NEXT_DAY, to: jx.NEXT_DAY, online: true }
    await act('registration.reassign', third, over)
    await note('modality_moved')
    const next = await jx.register(db, { body_id, jornada_ids: [jx.NEXT_DAY] })
    await sql(`update app.seats set status = 'waiting', pass_code = null where submission_id = $1`, next.id)
    await act('registration.seat', next, { jornada_id: jx.NEXT_DAY })
    await note('seat_given')
    for (const [key, reason] of [
      ['constancia', null],
      ['constancia_again', 'Se escribió mal el nombre.'],
    ] as const) {
      await sql(
        `select app.make_constancia(s, 'author', $2) from app.submissions s where s.id = $1`,
        next.id,
        reason,
      )
      await note(key)
    }
    await act('constancia.revoke', next, {})
    await note('constancia_revoked')
  }
}
