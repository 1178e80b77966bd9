-- Work that falls due with time. Something calls run_due_jobs() every minute: pg_cron where the host has it,
-- else the embedded backend or any caller with the service key. Each migration registers the jobs of its own
-- tables. A job limits the rows of one call, so that transactions stay short.

create table app.due_jobs (
  name text primary key,          -- key of its count in the answer
  position int not null unique,   -- lower runs first; jobs that lock the rows of many people come first
  handler text not null           -- app.<name>() returns int: the number of rows it handled
);
alter table app.due_jobs enable row level security;
comment on table app.due_jobs is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';

-- Runs every job once. Answers {<job name>: <rows handled>}.
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
