/**
 * Additions of the suite to its own database: a log of effects and of the user behind each, an op that fails,
 * and shorter waits.
 */
import type pg from 'pg'

/** An op with a handler that fails unexpectedly. */
export const EXPLODE = 'test.explode'

// Wraps the app's own function. If that raises, the log's row is rolled back with it.
const EFFECT_LOG = `
create schema effect_log;
create table effect_log.effects (n bigint generated always as identity, op_id uuid not null, entity_id uuid not null,
  kind text not null, actor uuid, version int);
create function effect_log.record() returns trigger language plpgsql security definer as $$
begin
  if new.kind <> 'in_review' and nullif(current_setting('effect_log.op', true), '') is not null then
    insert into effect_log.effects (op_id, entity_id, kind, actor)
    values (current_setting('effect_log.op')::uuid, new.submission_id, new.kind, auth.uid());
  end if;
  return null;
end $$;
create trigger log_effect after insert on app.review_events for each row execute function effect_log.record();
alter function app.execute_op(app.op, text) rename to execute_op_itself;
create function app.execute_op(p_op app.op, p_hash text) returns jsonb language plpgsql as $$
declare
  v_verdict jsonb;
begin
  perform set_config('effect_log.op', p_op.op_id::text, true);
  v_verdict := app.execute_op_itself(p_op, p_hash);
  perform set_config('effect_log.op', '', true);
  update effect_log.effects e set version = s.version from app.submissions s
  where e.op_id = p_op.op_id and s.id = e.entity_id;
  return v_verdict;
end $$;
alter function public.apply_ops(json) set lock_timeout = '150ms';
create table effect_log.settings (is_healed boolean not null);
insert into effect_log.settings values (false);
create function app.explode(p_op app.op) returns void language plpgsql as $$
begin
  if not (select s.is_healed from effect_log.settings s) then perform 1 / 0; end if;
  insert into effect_log.effects (op_id, entity_id, kind, actor)
  values (p_op.op_id, p_op.entity_id, 'explode', auth.uid());
end $$;
insert into app.op_kinds (kind, actor, handler) values ('${EXPLODE}', 'citizen', 'explode');`

export async function installEffectLog(pool: pg.Pool): Promise<void> {
  await pool.query(EFFECT_LOG)
}

/** Makes the failing op succeed, or fail again. */
export async function healPoison(pool: pg.Pool, isHealed = true): Promise<void> {
  await pool.query('update effect_log.settings set is_healed = $1', [isHealed])
}
