-- What time itself does. Called every minute by pg_cron where the host has it, by the embedded backend's
-- timer otherwise. Each call takes at most 500 rows of a kind, so that transactions stay short.

-- A correction that did not come: it is decided as it is.
create function app.lapse_corrections() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid;
  v_count int := 0;
begin
  for v_id in select s.id from app.submissions s
    where s.state = 'correction_requested' and s.correction_until <= app.now()
    order by s.correction_until limit 500 for update skip locked loop
    update app.submissions s set state = 'in_review', correction_until = null, version = s.version + 1 where s.id = v_id;
    perform app.record_event(v_id, 'system', 'correction_lapsed', 'correction_requested', 'in_review');
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- A withdrawal that nobody took back within 24 hours is final.
create function app.finish_withdrawals() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid;
  v_count int := 0;
begin
  for v_id in select s.id from app.submissions s
    where s.withdrawn_from is not null and s.withdrawn_at <= app.now() - interval '24 hours'
    order by s.withdrawn_at limit 500 for update skip locked loop
    update app.submissions s set withdrawn_from = null, version = s.version + 1 where s.id = v_id;
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- Changes older than 30 days: a cursor from before reads its scope anew. Only below the watermark.
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
    order by l.at limit 5000
  ), gone as (
    delete from app.change_log l using old where l.xid = old.xid and l.seq = old.seq returning l.xid
  )
  select count(*), (select g.xid from gone g order by g.xid desc limit 1) into v_count, v_last from gone;
  if v_count > 0 then
    update app.sync_state s set pruned_to = greatest(s.pruned_to, v_last);
  end if;
  return v_count;
end $$;

create function app.prune_receipts() returns int
language sql volatile set search_path = '' as $$
  with gone as (
    delete from app.op_receipts r where r.op_id in (select o.op_id from app.op_receipts o
      where o.received_at < app.now() - interval '180 days' limit 5000) returning 1
  ) select count(*)::int from gone
$$;

create function app.sweep_codes() returns int
language sql volatile set search_path = '' as $$
  with gone as (
    delete from app.link_codes c where c.expires_at <= app.now() and c.created_at <= app.now() - interval '1 hour' returning 1
  ) select count(*)::int from gone
$$;

create function app.sweep_mail() returns int
language sql volatile set search_path = '' as $$
  with gone as (
    delete from app.mail_queue m where m.sent_at < app.now() - interval '30 days' returning 1
  ) select count(*)::int from gone
$$;

-- What runs, in order. Another campaign adds its own rows; those that take locks of many people go first.
create table app.due_jobs (
  name text primary key,      -- its count in the answer
  position int not null unique,
  handler text not null       -- app.<name>() returns int: how many it took
);
alter table app.due_jobs enable row level security;
insert into app.due_jobs (position, name, handler) values
  (10, 'corrections_lapsed', 'lapse_corrections'),
  (20, 'withdrawals_final', 'finish_withdrawals'),
  (30, 'log_pruned', 'prune_changes'),
  (40, 'counts_compacted', 'compact_counts'),
  (50, 'receipts_pruned', 'prune_receipts'),
  (60, 'codes_swept', 'sweep_codes'),
  (70, 'mail_swept', 'sweep_mail');

create function public.run_due_jobs() returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '1s' as $$
declare
  v_counts jsonb := '{}';
  v_job app.due_jobs;
  v_count int;
begin
  for v_job in select j.* from app.due_jobs j order by j.position loop
    execute format('select app.%I()', v_job.handler) into v_count;
    v_counts := v_counts || jsonb_build_object(v_job.name, v_count);
  end loop;
  return v_counts;
end $$;
grant execute on function public.run_due_jobs() to service_role;

do $$ begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    execute 'create extension if not exists pg_cron';
    execute $job$ select cron.schedule('convoca-due-jobs', '* * * * *', 'select public.run_due_jobs()') $job$;
  end if;
exception when others then   -- not allowed, or not in this database: the rest of the project stands
  raise notice 'pg_cron is not available here (%): call run_due_jobs() every minute from elsewhere', sqlerrm;
end $$;
