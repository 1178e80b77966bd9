-- What changed, for whom, in an order that no concurrent writer can break: (transaction, sequence).
-- A reader takes only rows below the oldest open transaction (pg_snapshot_xmin), so a change that commits
-- late is never passed over. The log holds keys; values are read at the time of asking.

create table app.change_log (
  xid xid8 not null default pg_current_xact_id(),
  seq bigint not null generated always as identity (start 1),
  scope text not null,                 -- 'public', or 'mine:<submission>'
  entity text not null,
  id text not null,
  op text not null check (op in ('put', 'remove')),
  at timestamptz not null default clock_timestamp(),
  primary key (xid, seq)
);
create index change_log_by_scope on app.change_log (scope, xid, seq);
create index change_log_by_age on app.change_log (at);
alter table app.change_log enable row level security;

-- One row. `generation` and `schema_version` are part of the epoch: bump the latter when a row's form
-- changes in a way that phones must read anew. `pruned_to` is the newest transaction no longer in the log.
create table app.sync_state (
  singleton boolean primary key default true check (singleton),
  generation int not null default 1,
  schema_version int not null default 1,
  pruned_to xid8 not null default '0'
);
alter table app.sync_state enable row level security;
insert into app.sync_state default values;

-- After a restore from a backup, by the owner: every phone reads its base anew and keeps its outbox.
create function app.begin_epoch() returns void
language sql volatile set search_path = '' as $$
  delete from app.change_log;
  update app.sync_state set generation = generation + 1, pruned_to = '0';
$$;

-- Which history cursors speak about. Where a host forbids pg_control_*, the database and generation remain.
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
language sql volatile set search_path = '' as $$
  insert into app.change_log (scope, entity, id, op) values (p_scope, p_entity, p_id, p_op)
$$;

-- Arguments: entity, the column that holds its id, and 'part' when the row is only a part of that entity.
create function app.log_public() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  v_old text := case when tg_op <> 'INSERT' then to_jsonb(old) ->> tg_argv[1] end;
  v_new text := case when tg_op <> 'DELETE' then to_jsonb(new) ->> tg_argv[1] end;
begin
  if v_old is distinct from v_new and v_old is not null then
    perform app.log_change('public', tg_argv[0], v_old, case when tg_argv[2] = 'part' then 'put' else 'remove' end);
  end if;
  if v_new is not null then perform app.log_change('public', tg_argv[0], v_new); end if;
  return null;
end $$;

create trigger log_insert after insert or delete on app.convocatorias
  for each row execute function app.log_public('convocatoria', 'id', 'whole');
create trigger log_update after update on app.convocatorias
  for each row when (old.* is distinct from new.*) execute function app.log_public('convocatoria', 'id', 'whole');
create trigger log_insert after insert or delete on app.insumos
  for each row execute function app.log_public('insumo', 'id', 'whole');
create trigger log_update after update on app.insumos
  for each row when (old.* is distinct from new.*) execute function app.log_public('insumo', 'id', 'whole');
create trigger log_insert after insert on app.notices
  for each row execute function app.log_public('notice', 'id', 'whole');
create trigger log_insert after insert or delete on app.milestones
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_update after update on app.milestones for each row when (old.* is distinct from new.*)
  execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_insert after insert or delete on app.topics
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_update after update on app.topics for each row when (old.* is distinct from new.*)
  execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_insert after insert or delete on app.parts
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_update after update on app.parts for each row when (old.* is distinct from new.*)
  execute function app.log_public('convocatoria', 'convocatoria_id', 'part');

create function app.log_catalog() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.log_change('public', 'catalog', 'municipalities');
  return null;
end $$;
create trigger log_catalog after insert or update or delete on app.municipalities
  for each statement execute function app.log_catalog();

-- A draft that is published brings its insumos into sight, or takes them out of it. What an author's row
-- shows of its convocatoria changes with it.
create function app.log_convocatoria_children() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if old.published is distinct from new.published then
    perform app.log_change('public', 'insumo', i.id::text) from app.insumos i where i.convocatoria_id = new.id;
  end if;
  if (old.title, old.slug, old.answer_by) is distinct from (new.title, new.slug, new.answer_by) then
    perform app.log_change('mine:' || s.id, 'submission', s.id::text)
    from app.submissions s where s.convocatoria_id = new.id;
  end if;
  return null;
end $$;
create trigger log_children after update on app.convocatorias
  for each row execute function app.log_convocatoria_children();

-- Authors follow their own submission; everybody follows the count of what is published.
create function app.log_submission() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  v_was boolean := tg_op <> 'INSERT' and old.state = 'published';
  v_is boolean := tg_op <> 'DELETE' and new.state = 'published';
begin
  if tg_op = 'DELETE' then
    perform app.log_change('mine:' || old.id, 'submission', old.id::text, 'remove');
  else
    perform app.log_change('mine:' || new.id, 'submission', new.id::text);
  end if;
  if v_was <> v_is then
    perform app.log_change('public', 'convocatoria',
      (case when tg_op = 'DELETE' then old.convocatoria_id else new.convocatoria_id end)::text);
  end if;
  return null;
end $$;
create trigger log_submission after insert or update or delete on app.submissions
  for each row execute function app.log_submission();

-- For tables that hold one more piece of a submission; its column is submission_id.
create function app.log_submission_piece() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  v_id text := case when tg_op = 'DELETE' then old.submission_id else new.submission_id end;
begin
  perform app.log_change('mine:' || v_id, 'submission', v_id);
  return null;
end $$;
create trigger log_piece after insert on app.review_events
  for each row execute function app.log_submission_piece();
create trigger log_piece after update or delete on app.contacts
  for each row execute function app.log_submission_piece();

-- A writer that forgot to commit holds every phone's watermark back. Where the host reserves the role,
-- set it in the dashboard.
do $$ begin
  alter role authenticator set idle_in_transaction_session_timeout = '10s';
exception when insufficient_privilege or undefined_object then
  raise notice 'idle_in_transaction_session_timeout of authenticator was left as it is';
end $$;
