-- Work that falls due with time. Something runs them every minute: pg_cron where the host has it,
-- else the embedded backend or any caller with the service key. A job that fails changes nothing, stops no other job, is
-- recorded, and runs again with the next round. Each migration registers the jobs of its own
-- tables. A job limits the rows of one call, so that transactions stay short.

create table app.due_jobs (
  name text primary key,          -- key of its count in the answer
  position int not null unique,   -- lower runs first; jobs that lock the rows of many people come first
  handler text not null           -- app.<name>() returns int: the number of rows it handled
);
alter table app.due_jobs enable row level security;
comment on table app.due_jobs is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';

-- The jobs that failed when they last ran.
create table app.job_faults (
  job text primary key references app.due_jobs on delete cascade,
  since timestamptz not null default app.now(),
  at timestamptz not null default app.now(),
  times int not null default 1,      -- in a row
  code text not null                 -- SQLSTATE; the message stays out, because it may quote personal data
);
alter table app.job_faults enable row level security;
comment on table app.job_faults is
  'Personal data: none. Readers: administrators. Kept: until the job succeeds. Deleted by: app.run_due_job.';

-- Runs one job. Answers the number of rows it handled; null when it failed, which leaves only the record of the fault.
-- Never raises, also when the statement is cancelled: that is how a time limit ends a job that takes too long.
create function app.run_due_job(p_job app.due_jobs) returns int
language plpgsql volatile set search_path = '' set lock_timeout = '1s' as $$
declare
  v_count int;
  v_code text;
begin
  begin
    execute format('select app.%I()', p_job.handler) into v_count;
    delete from app.job_faults f where f.job = p_job.name;
    return v_count;
  exception when query_canceled or others then
    v_code := sqlstate;
  end;
  insert into app.job_faults as f (job, code) values (p_job.name, v_code)
  on conflict (job) do update set at = app.now(), times = f.times + 1, code = excluded.code;
  raise log 'the job % failed with %', p_job.name, v_code;
  return null;
end $$;

-- Runs every job once, each in a transaction of its own: one that waits, holds locks or takes long keeps no lock of the
-- others. For callers with a database connection. Has no search_path of its own, because it could not commit with one.
create procedure app.run_each_due_job()
language plpgsql as $$
declare
  v_job app.due_jobs;
begin
  for v_job in select j.* from app.due_jobs j order by j.position loop
    perform app.run_due_job(v_job);
    commit;
  end loop;
end $$;

-- The same in one transaction, for callers of the API. Answers {<job name>: <rows handled, null when it failed>}.
create function public.run_due_jobs() returns jsonb
language sql volatile security definer set search_path = '' as $$
  select coalesce(jsonb_object_agg(d.name, d.rows), '{}') from (select j.name, app.run_due_job(j) as rows
    from app.due_jobs j order by j.position) d
$$;
grant execute on function public.run_due_jobs() to service_role;

-- What fails now, for administrators. A fault that the next round mended, such as a busy row, is none. `altered`: ops that
-- came again with another content (app.altered_replays).
create function public.job_faults() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(array['admin']) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('items', coalesce((select jsonb_agg(jsonb_build_object('job', f.job, 'since', f.since,
    'at', f.at, 'times', f.times, 'code', f.code) order by f.since) from app.job_faults f where f.times > 1), '[]'),
    'altered', coalesce((select jsonb_agg(jsonb_build_object('kind', a.kind, 'since', a.since, 'at', a.at,
      'times', a.times) order by a.kind) from app.altered_replays a), '[]'));
end $$;
grant execute on function public.job_faults() to authenticated;
