-- What changed and who may read it, ordered by (transaction, sequence). A reader takes only rows below the
-- oldest open transaction (pg_snapshot_xmin), so it never skips a change that commits late. The log holds
-- keys; readers get the values of the moment they ask.

create table app.change_log (
  xid xid8 not null default pg_current_xact_id(),
  seq bigint not null generated always as identity (start 1),
  scope text not null,                 -- 'public', 'mine:<submission>' or 'staff:<convocatoria>'
  entity text not null,
  id text not null,
  op text not null check (op in ('put', 'remove')),
  at timestamptz not null default clock_timestamp(),
  primary key (xid, seq)
);
create index change_log_by_scope on app.change_log (scope, xid, seq);
create index change_log_by_age on app.change_log (at);
alter table app.change_log enable row level security;
comment on table app.change_log is
  'Personal data: ids of rows that changed. Readers: the server. Kept: 30 days. Deleted by: app.prune_changes.';

-- One row. The epoch depends on `generation` and `schema_version`: increase the latter when a row's shape
-- changes and phones must read everything anew. `pruned_to` is the newest transaction removed from the log.
create table app.sync_state (
  singleton boolean primary key default true check (singleton),
  generation int not null default 1,
  schema_version int not null default 1,
  pruned_to xid8 not null default '0'
);
alter table app.sync_state enable row level security;
comment on table app.sync_state is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';
insert into app.sync_state default values;

-- Starts a new epoch. The project's owner runs it after restoring a backup: every phone then reads its base
-- anew and keeps its outbox. People hold folios issued after the backup, which the restored sequence does not
-- know. Skipping 100,000 numbers keeps new folios distinct from those.
create function app.begin_epoch() returns void
language plpgsql volatile set search_path = '' as $$
begin
  delete from app.change_log where true;   -- a hosted project stops statements without a condition
  update app.sync_state set generation = generation + 1, pruned_to = '0' where singleton;
  perform setval('app.folio_numbers', nextval('app.folio_numbers') + 100000);
end $$;

-- The history that cursors belong to. Where the host forbids pg_control_*, the database and the generation
-- identify it.
create function app.epoch() returns text
language plpgsql stable set search_path = '' as $$
declare
  v_cluster text;
begin
  begin
    select s.system_identifier || '.' || c.timeline_id into v_cluster
    from pg_control_system() s, pg_control_checkpoint() c;
  exception when insufficient_privilege then
    v_cluster := '';
  end;
  return (select left(app.sha256_hex(concat_ws('/', v_cluster, d.oid, s.generation, s.schema_version)), 16)
    from app.sync_state s, pg_database d where d.datname = current_database());
end $$;

create function app.log_change(p_scope text, p_entity text, p_id text, p_op text default 'put') returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.change_log (scope, entity, id, op) values (p_scope, p_entity, p_id, p_op);
end $$;

-- Logs a change to a submission for its author and for the staff of its convocatoria, once a transaction: a reader
-- sees a transaction whole or not at all, and reads present values, so the first row serves for all of its changes.
create function app.log_submission_change(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.change_log (scope, entity, id, op)
  select t.scope, 'submission', p_submission::text, 'put'
  from app.submissions s, lateral (values ('mine:' || s.id), ('staff:' || s.convocatoria_id)) t (scope)
  where s.id = p_submission and not exists (select from app.change_log l
    where l.scope = 'mine:' || p_submission and l.xid = pg_current_xact_id());
end $$;

-- Removes up to 200,000 changes older than 30 days a call, more than the fastest minute of ops writes: an older cursor reads
-- its scope anew. Keeps every row at or above the
-- watermark, because no reader has seen it.
create function app.prune_changes() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
  v_last xid8;
begin
  perform 1 from app.sync_state for update;
  with old as (
    select l.xid, l.seq from app.change_log l
    where l.at < app.now() - interval '30 days' and l.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by l.at limit 200000
  ), gone as (
    delete from app.change_log l using old where l.xid = old.xid and l.seq = old.seq returning l.xid
  )
  select count(*), (select g.xid from gone g order by g.xid desc limit 1) into v_count, v_last from gone;
  if v_count > 0 then
    update app.sync_state s set pruned_to = greatest(s.pruned_to, v_last) where s.singleton;
  end if;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (30, 'log_pruned', 'prune_changes');

-- Ends transactions that stay idle for 10 seconds: an open one holds back the watermark of every phone. Some
-- hosts reserve the role; there the owner sets it in the dashboard.
do $$ begin
  alter role authenticator set idle_in_transaction_session_timeout = '10s';
exception when insufficient_privilege or undefined_object then
  raise notice 'idle_in_transaction_session_timeout of authenticator was left as it is';
end $$;
