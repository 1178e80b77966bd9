-- Work on the files of insumos, by a holder of the service key (the function verify-files). What is to be done follows
-- from what campaigns say now, so nothing is queued: publishing, taking back, cloning and deleting need no word of files.

create function app.is_file_public(p_file uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.insumos i join app.convocatorias c on c.id = i.convocatoria_id and c.published
    where i.file_id = p_file);
end $$;

-- What is to be done with a file now; null: nothing. A file is erased a day after the last campaign that named it let it
-- go, so that taking an insumo out can be undone.
create function app.file_work(p_file app.insumo_files) returns text
language plpgsql stable set search_path = '' as $$
begin
  return case
    when p_file.status = 'waiting' and exists (select from storage.objects o
      where o.bucket_id = 'insumos-intake' and o.name = p_file.id::text) then 'verify'
    when p_file.status = 'verified' and p_file.copy <> 'ready' and app.is_file_public(p_file.id) then 'publish'
    when p_file.copy <> 'none' and not app.is_file_public(p_file.id) then 'unpublish'
    when p_file.unused_since <= app.now() - interval '1 day'
      and not exists (select from app.campaigns_with_file(p_file.id)) then 'erase'
  end;
end $$;

-- Ends the tenth failed check of a file: the studio says so and asks for the file anew. A worker that died while it read the
-- bytes counts as a failed check.
create function app.give_up_checks() returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.insumo_files f set status = 'refused', refusal = 'file_unchecked', attempts = 0
  where f.status = 'waiting' and f.attempts >= 10 and coalesce(f.leased_until <= app.now(), true);
end $$;

-- Due work, leased for ten minutes. Checks are given up after ten attempts; copies and removals never are.
create function public.take_file_jobs(p_limit int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_file app.insumo_files;
  v_jobs jsonb := '[]';
  v_work text;
begin
  perform pg_advisory_xact_lock(hashtextextended('app.insumo_files', 0));
  perform app.give_up_checks();
  for v_file in select f.* from app.insumo_files f
    where coalesce(f.leased_until <= app.now(), true) and f.not_before <= app.now() and app.file_work(f) is not null
    order by f.not_before, f.id limit least(greatest(p_limit, 0), 20) for update skip locked loop
    v_work := app.file_work(v_file);
    update app.insumo_files f set leased_until = app.now() + interval '10 minutes', attempts = f.attempts + 1,
      copy = case v_work when 'publish' then 'copying' else f.copy end where f.id = v_file.id;
    v_jobs := v_jobs || jsonb_build_object('id', v_file.id, 'work', v_work, 'kind', v_file.kind, 'mime', v_file.mime,
      'public_object', app.insumo_object(v_file));
  end loop;
  return v_jobs;
end $$;
grant execute on function public.take_file_jobs(int) to service_role;

-- Applies what a reading of the stored bytes found: {bytes, sha256, mime, refusal, facts}.
create function app.settle_verification(p_file app.insumo_files, p_result jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_refusal text := case
    when app.size_of(p_result, 'bytes') is distinct from p_file.bytes
      or p_result ->> 'sha256' is distinct from p_file.sha256 then 'file_mismatch'
    when p_result ->> 'refusal' = any (app.file_refusals()) then p_result ->> 'refusal'
    when p_result ->> 'refusal' is not null or p_result ->> 'mime' is distinct from p_file.mime then 'file_type' end;
begin
  update app.insumo_files f set status = case when v_refusal is null then 'verified' else 'refused' end,
    refusal = v_refusal, facts = case when jsonb_typeof(p_result -> 'facts') = 'object' then p_result -> 'facts' else '{}' end
  where f.id = p_file.id and f.status = 'waiting';
end $$;

-- Records that work on a file is done, or that it failed and waits twice as long: a check, for which somebody waits, at
-- most eight minutes. A file that a campaign names again
-- while it is erased keeps its row as refused: the studio then asks for the file anew.
create function public.settle_file_job(p_id uuid, p_work text, p_result jsonb default null, p_error text default null)
returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_file app.insumo_files;
begin
  select * into v_file from app.insumo_files f where f.id = p_id for update;
  if not found then return; end if;
  update app.insumo_files f set leased_until = null, attempts = case when p_error is null then 0 else f.attempts end,
    not_before = case when p_error is null then app.now()
      else app.now() + interval '1 minute' * power(2, least(f.attempts, case p_work when 'verify' then 3 else 8 end)) end
  where f.id = p_id;
  if p_error is not null then return; end if;
  if p_work = 'verify' then
    perform app.settle_verification(v_file, p_result);
  elsif p_work in ('publish', 'unpublish') then
    update app.insumo_files f set copy = case when p_work = 'publish' then 'ready' else 'none' end
    where f.id = p_id and f.status = 'verified';
  elsif p_work = 'erase' and exists (select from app.campaigns_with_file(p_id)) then
    update app.insumo_files f set status = 'refused', refusal = 'file_erased', copy = 'none', unused_since = null
    where f.id = p_id;
  elsif p_work = 'erase' then
    perform app.record_deletion('insumos', v_file.convocatoria_id, null, 1);
    delete from app.insumo_files f where f.id = p_id;
  end if;
end $$;
grant execute on function public.settle_file_job(uuid, text, jsonb, text) to service_role;

-- Phones learn that the copy of an insumo is there.
create function app.log_insumo_file() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.log_change('public', 'insumo', i.id::text) from app.insumos i where i.file_id = new.id;
  return null;
end $$;
create trigger log_copy after update on app.insumo_files for each row
  when (old.copy is distinct from new.copy and new.copy = 'ready') execute function app.log_insumo_file();

-- Marks files that no campaign names any more, and those that one names again.
create function app.mark_unused_files() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with marked as (
    update app.insumo_files f set unused_since = case when f.unused_since is null then app.now() end
    where (f.unused_since is null) = not exists (select from app.campaigns_with_file(f.id)) returning 1
  ) select count(*) into v_count from marked;
  return v_count;
end $$;
insert into app.due_jobs (name, position, handler) values ('files_unused', 97, 'mark_unused_files');
