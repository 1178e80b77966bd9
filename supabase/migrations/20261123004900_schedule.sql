-- Runs the jobs every minute by pg_cron. The schedule comes after the jobs, so that the first run misses none.
-- Where pg_cron is missing, something else must call run_due_jobs() with the service key.

do $$ begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    execute 'create extension if not exists pg_cron';
    execute $job$ select cron.schedule('convoca-due-jobs', '* * * * *', 'call app.run_each_due_job()') $job$;
  end if;
exception when others then   -- not allowed, or not in this database; the other migrations still apply
  raise notice 'pg_cron is not available here (%): call run_due_jobs() every minute from elsewhere', sqlerrm;
end $$;
