-- How a function writes an edition, step by step, and how the next one begins.

-- A page to write: its rows, after those of the head on the first one. What is kept of it here is applied when it is written.
create function app.begin_page(p_edition app.result_editions) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_rows jsonb;
  v_last text;
  v_count int;
begin
  with page as materialized (select * from app.edition_page(p_edition)),
  held as (insert into app.open_holds (submission_id, reasons) select p.id, p.reasons from page p where p.reasons <> '{}'
    on conflict (submission_id) do update set reasons = excluded.reasons where app.open_holds.outcome is null)
  select coalesce(jsonb_agg(p.data order by p.at, p.id), '[]'), count(*),
    (array_agg(app.page_key(p.at, p.id) order by p.at desc, p.id desc))[1] into v_rows, v_count, v_last from page p;
  update app.result_editions e set pending = jsonb_build_object('place', coalesce(v_last, e.place), 'tally', app.page_tally(v_rows),
    'last', v_count < 2000)
  where e.convocatoria_id = p_edition.convocatoria_id and e.number = p_edition.number;
  return jsonb_build_object('work', 'page', 'page', p_edition.page + 1, 'head', case when p_edition.page = 0 then p_edition.head else '[]' end,
    'rows', v_rows);
end $$;

-- Freezes the figures, and asks for the last files.
create function app.begin_closing(p_edition app.result_editions) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_figures text := app.canonical_json(app.result_figures(p_edition.head, p_edition.tally));
begin
  update app.result_editions e set figures = v_figures, hash = app.sha256_hex(v_figures)
  where e.convocatoria_id = p_edition.convocatoria_id and e.number = p_edition.number;
  return jsonb_build_object('work', 'closing', 'page', p_edition.page, 'head', p_edition.head, 'files', p_edition.files,
    'figures', v_figures, 'hash', app.sha256_hex(v_figures));
end $$;

-- The next step of an edition, leased for two minutes; null when nothing is due. An edition with a newer one that is ready loses
-- its files. The answer always has {convocatoria, number, work}.
create function public.take_edition_work() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_edition app.result_editions;
  v_work jsonb;
begin
  select e.* into v_edition from app.result_editions e
  where coalesce(e.leased_until <= app.now(), true) and (e.state in ('begun', 'pages', 'closing')
    or (e.state = 'ready' and exists (select from app.result_editions n where n.convocatoria_id = e.convocatoria_id
      and n.number > e.number and n.state = 'ready')))
  order by e.begun_at, e.number limit 1 for update skip locked;
  if not found then return null; end if;
  if v_edition.state = 'begun' then
    perform app.keep_edition_names(v_edition);
    update app.result_editions e set state = 'pages', head = app.edition_head(e)
    where e.convocatoria_id = v_edition.convocatoria_id and e.number = v_edition.number returning * into v_edition;
  end if;
  update app.result_editions e set leased_until = app.now() + interval '2 minutes'
  where e.convocatoria_id = v_edition.convocatoria_id and e.number = v_edition.number;
  v_work := case v_edition.state when 'pages' then app.begin_page(v_edition) when 'closing' then app.begin_closing(v_edition)
    else jsonb_build_object('work', 'erase', 'page', v_edition.page, 'files', v_edition.files) end;
  return v_work || jsonb_build_object('convocatoria', v_edition.convocatoria_id, 'number', v_edition.number);
end $$;
grant execute on function public.take_edition_work() to service_role;

create function app.finish_edition(p_edition app.result_editions) returns void
language plpgsql volatile set search_path = '' as $$
begin
  delete from app.edition_names n where n.convocatoria_id = p_edition.convocatoria_id and n.number = p_edition.number;
  delete from app.edition_words n where n.convocatoria_id = p_edition.convocatoria_id and n.number = p_edition.number;
  update app.result_editions e set state = 'ready', ready_at = app.now()
  where e.convocatoria_id = p_edition.convocatoria_id and e.number = p_edition.number;
end $$;

-- Notes that a step is done, with the files it wrote, or that it failed: then it is taken again. One that another worker did
-- meanwhile changes nothing.
create function public.settle_edition_work(p_convocatoria uuid, p_number int, p_work text, p_page int, p_files jsonb,
  p_error text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_edition app.result_editions;
begin
  perform app.refuse_huge_numbers(p_files);
  select * into v_edition from app.result_editions e where e.convocatoria_id = p_convocatoria and e.number = p_number for update;
  if not found then return; end if;
  update app.result_editions e set leased_until = case when p_error is not null then app.now() + interval '1 minute' end
  where e.convocatoria_id = p_convocatoria and e.number = p_number;
  if p_error is not null then return; end if;
  if p_work = 'page' and v_edition.state = 'pages' and p_page = v_edition.page + 1 and v_edition.pending is not null then
    update app.result_editions e set page = p_page, place = e.pending ->> 'place', files = e.files || p_files, pending = null,
      tally = app.added_tallies(e.tally, e.pending -> 'tally'),
      state = case when (e.pending ->> 'last')::boolean then 'closing' else 'pages' end
    where e.convocatoria_id = p_convocatoria and e.number = p_number;
  elsif p_work = 'closing' and v_edition.state = 'closing' then
    update app.result_editions e set files = e.files || p_files where e.convocatoria_id = p_convocatoria and e.number = p_number;
    perform app.finish_edition(v_edition);
  elsif p_work = 'erase' then
    update app.result_editions e set state = 'gone', files = '[]' where e.convocatoria_id = p_convocatoria and e.number = p_number;
  end if;
end $$;
grant execute on function public.settle_edition_work(uuid, int, text, int, jsonb, text) to service_role;

-- What is not public any more leaves the open data: the edition that may have it is followed by another one.
create function app.stale_editions() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  update app.result_editions e set stale_at = app.now()
  where e.convocatoria_id = new.convocatoria_id and e.stale_at is null and e.state <> 'gone';
  return null;
end $$;
create trigger stale_editions after update on app.submissions for each row
  when (old.kind = 'propuestas' and old.state = 'published' and new.state <> 'published') execute function app.stale_editions();

create function app.renew_editions() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  insert into app.result_editions (convocatoria_id, number)
  select e.convocatoria_id, e.number + 1 from app.result_editions e
  where e.state = 'ready' and e.stale_at is not null
    and not exists (select from app.result_editions n where n.convocatoria_id = e.convocatoria_id and n.number > e.number);
  get diagnostics v_count = row_count;
  return v_count;
end $$;
insert into app.due_jobs (position, name, handler) values (29, 'editions_renewed', 'renew_editions');

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
  ('open-data-public', 'open-data-public', true, 15000000, array['text/csv', 'application/x-ndjson', 'application/json'])
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;
