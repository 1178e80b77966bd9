/** Days that begin soon, people who come to them, and what is done with their constancias. */
import { expect } from 'vitest'
import type { IssuedConstancia } from '@/features/jornadas/constancia'
import { verifyConstancia } from '@/features/verificar/verify'
import { signDue } from '../../supabase/functions/sign/due'
import { signerOf } from '../../supabase/functions/sign/keys'
import { type Actor, anon, callAs, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

export const KEYS = { '2026-01-01': '01'.repeat(32) }
export const REASON = 'Se escribió mal el nombre.'

export function constanciasOf(db: () => TestDatabase) {
  /** The day begins in a while and takes two hours. */
  const beginDay = async (id: string, away: string) => {
    await jx.setDay(db(), id, 50, away)
    await db().pool.query(`update app.jornadas set ends_at = starts_at + interval '2 hours' where id = $1`, [
      id,
    ])
  }
  const setRule = (rule: string, hours: number | null = null) =>
    db().pool.query('insert into app.constancia_rules values ($1, $2, $3)', [jx.JORNADAS, rule, hours])
  const later = async (interval: string) => {
    const { rows } = await db().pool.query<{ at: string }>(`select (app.now() + $1::interval)::text as at`, [
      interval,
    ])
    await fx.setClock(db(), rows[0]!.at)
  }
  /** Somebody who registers for these days and comes to them. The clock stands after the last one. */
  async function attendee(days = [jx.DAY]): Promise<jx.Registered> {
    const one = await jx.register(db(), { jornada_ids: days })
    await attend(one, days)
    return one
  }
  async function attend(one: jx.Registered, days: string[]) {
    for (const jornada_id of days) {
      const { rows } = await db().pool.query<{ at: string }>(
        'select starts_at::text as at from app.jornadas where id = $1',
        [jornada_id],
      )
      await fx.setClock(db(), rows[0]!.at)
      const verdict = await jx.checkIn(db(), fx.coordinator, one.id, {
        jornada_id,
        at: new Date(rows[0]!.at).toISOString(),
      })
      expect(verdict.status).toBe('applied')
    }
    await later('3 hours')
  }
  const ask = (one: jx.Registered, secret = one.secret) =>
    callAs(db(), anon, 'issue_constancia', { p_id: one.id, p_secret: secret })
  const issueAll = (actor: Actor = fx.coordinator) =>
    callAs(db(), actor, 'issue_constancias', { p_convocatoria: jx.JORNADAS })
  const versionOf = async ({ id }: jx.Registered) =>
    (await db().pool.query<{ version: number }>('select version from app.submissions where id = $1', [id]))
      .rows[0]!.version
  const act = async (
    kind: 'constancia.reissue' | 'constancia.revoke',
    one: jx.Registered,
    actor: Actor = fx.coordinator,
    reason = REASON,
  ) =>
    jx.word(
      await fx.applyOne(
        db(),
        actor,
        fx.op(kind, one.id, { reason }, { expected_version: await versionOf(one) }),
      ),
    )
  const constanciaOf = async (one: jx.Registered): Promise<IssuedConstancia | undefined> =>
    (await jx.contentOf(db(), one)).constancia
  const signAll = () =>
    signDue(KEYS, async (name, args) => ({
      status: 200,
      body: await callAs(db(), service, name, args as Record<string, unknown>),
    }))
  const verdictOf = async (code: string) =>
    await verifyConstancia(
      code,
      [{ id: '2026-01-01', public_key: signerOf(KEYS)!.publicKey }],
      (await callAs(db(), anon, 'revoked_constancias')) as { text: string; signature: string },
    )
  const eventsOf = async ({ id }: jx.Registered) =>
    (
      await db().pool.query<{ kind: string }>(
        "select kind from app.review_events where submission_id = $1 and kind like 'constancia%' order by seq",
        [id],
      )
    ).rows.map(({ kind }) => kind)

  return {
    beginDay,
    setRule,
    later,
    attendee,
    attend,
    ask,
    issueAll,
    versionOf,
    act,
    constanciaOf,
    signAll,
    verdictOf,
    eventsOf,
  }
}
