-- «Mi institución no aparece»: anybody names a body that the registry lacks, and staff resolve it. Nothing says who did.

create table app.missing_bodies (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null default app.now(),
  name text not null check (char_length(name) <= 200),
  class_key text references app.body_classes on delete set null,
  municipality text references app.municipalities,
  times int not null default 1,   -- how often it was named while it waited
  outcome text check (outcome in ('added', 'exists', 'discarded')),
  body_id uuid references app.sujetos_obligados on delete set null
);
create index on app.missing_bodies (class_key);
create index on app.missing_bodies (body_id);
alter table app.missing_bodies enable row level security;
comment on table app.missing_bodies is
  'Personal data: none. Readers: staff who edit the registry. Kept: for the life of the project. Deleted by:'
  ' nothing.';

-- Refuses the sixth report of a caller in an hour. Callers that no proxy tells apart count as one.
create function app.count_report() returns void
language plpgsql volatile set search_path = '' as $$
begin
  if not app.note_call('missing_body', coalesce(app.caller_hash(), ''), 5) then
    perform app.refuse('reports_too_many', null, 429);
  end if;
end $$;

-- Names a body that the registry lacks. One that waits already is counted once more.
create function public.report_missing_body(p_name text, p_class text default null, p_municipality text default null)
returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_name text := app.tidied(coalesce(p_name, ''));
begin
  if char_length(v_name) < 4 then perform app.refuse('report_name_required', 'report-name'); end if;
  if char_length(v_name) > 200 then perform app.refuse('report_name_invalid', 'report-name'); end if;
  perform app.count_report();
  update app.missing_bodies r set times = r.times + 1
  where r.outcome is null and app.body_form(r.name) = app.body_form(v_name);
  if not found then
    insert into app.missing_bodies (name, class_key, municipality) values (v_name,
      (select c.key from app.body_classes c where c.key = p_class),
      (select m.cve from app.municipalities m where m.cve = p_municipality));
  end if;
  return '{"received": true}';
end $$;
grant execute on function public.report_missing_body(text, text, text) to anon, authenticated;

-- The 200 oldest that wait, each with the bodies of the same normal form.
create function app.open_reports() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (with reports as materialized (
    select m.*, app.body_form(m.name) as form from app.missing_bodies m where m.outcome is null
    order by m.at, m.id limit 200
  ), twins as (
    select r.id, jsonb_agg(b.id order by b.name) as ids from reports r
    join app.sujetos_obligados b on app.body_form(b.name) = r.form group by r.id
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'at', r.at, 'name', r.name, 'class_key', r.class_key,
    'municipality', r.municipality, 'times', r.times, 'twins', coalesce(t.ids, '[]')) order by r.at, r.id), '[]')
  from reports r left join twins t on t.id = r.id);
end $$;

-- Resolves a report: the body was added, exists already (`p_body`), or the report is discarded.
create function public.resolve_report(p_id uuid, p_outcome text, p_body uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform app.lock_registry();
  if coalesce(p_outcome, '') not in ('added', 'exists', 'discarded') then perform app.refuse('malformed_op', 'outcome'); end if;
  if p_outcome <> 'discarded' and not exists (select from app.sujetos_obligados b where b.id = p_body) then
    perform app.refuse('body_unknown', 'body', 404);
  end if;
  update app.missing_bodies r set outcome = p_outcome, body_id = p_body where r.id = p_id and r.outcome is null;
  if not found then perform app.refuse('report_unknown', null, 404); end if;
  perform app.record_body_event('report_resolved', p_id, jsonb_build_object('outcome', p_outcome, 'body', p_body));
  return jsonb_build_object('id', p_id, 'outcome', p_outcome);
end $$;
grant execute on function public.resolve_report(uuid, text, uuid) to authenticated;
