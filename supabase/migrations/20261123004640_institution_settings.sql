-- What an administrator says of the institution, and the days on which it does not work. Every rule stands here; the
-- screens repeat them only to answer sooner.

-- Who changed what. Append-only.
create table app.institution_events (
  seq bigint generated always as identity primary key,
  at timestamptz not null default app.now(),
  actor_id uuid not null,
  version int not null,
  changes jsonb not null          -- {setting: [before, after]}; of a logo its hash
);
alter table app.institution_events enable row level security;
comment on table app.institution_events is
  'Personal data: who of the staff changed a setting. Readers: administrators. Kept: for the life of the project:'
  ' acts of office, which the archive law keeps. Deleted by: nothing.';
create trigger institution_events_are_append_only before update or delete on app.institution_events
  for each row execute function app.refuse_rewriting();
create trigger institution_events_are_kept before truncate on app.institution_events
  for each statement execute function app.refuse_rewriting();

-- Reading ------------------------------------------------------------------------------------------------

-- The settings of an institution of which nobody has said anything: null is what must be said.
create function app.institution_defaults() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return '{"name": null, "short_name": null, "email": null, "transparency_unit": null, "mail_from": null,
    "phone": "", "address": "", "hours": "", "help_text": "", "accent": "#5b3a8e", "grace_hours": 48, "storage_gb": 0,
    "silence_from": "", "silence_until": "", "require_aal2": false, "session_idle_hours": 72,
    "session_max_days": 30}'::jsonb || app.retention_periods();
end $$;

create function app.institution_data(p_institution app.institution) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return case when p_institution is null or p_institution.singleton is null then app.institution_defaults()
    else jsonb_build_object('name', p_institution.name, 'short_name', p_institution.short_name,
      'transparency_unit', p_institution.transparency_unit, 'mail_from', p_institution.mail_from,
      'help_text', p_institution.help_text, 'accent', p_institution.accent, 'grace_hours', p_institution.grace_hours,
      'storage_gb', p_institution.storage_gb,
      'silence_from', coalesce(p_institution.silence_from::text, ''),
      'silence_until', coalesce(p_institution.silence_until::text, ''), 'require_aal2', p_institution.require_aal2,
      'session_idle_hours', p_institution.session_idle_hours, 'session_max_days', p_institution.session_max_days)
      || app.retention_periods()
      || (select jsonb_object_agg(k, coalesce(p_institution.contact -> k, '""'))
        from unnest(array['email', 'phone', 'address', 'hours']) k) end;
end $$;

create function app.holiday_list() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('day', h.day, 'name', h.name) order by h.day), '[]') from app.holidays h);
end $$;

create function app.institution_answer() returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_institution app.institution;
  v_year int := extract(year from app.local_day(app.now()));
begin
  select * into v_institution from app.institution;
  return jsonb_build_object('version', coalesce(v_institution.version, 0),
    'data', app.institution_data(v_institution), 'logo', public.institution_logo(),
    'is_demo', v_institution.demo_label is not null, 'without_factor', (select count(distinct s.user_id)::int
      from app.staff s where s.active and not app.has_factor(s.user_id)), 'own_factor', app.has_factor(auth.uid()),
    'holidays', app.holiday_list(),
    'official', (select jsonb_agg(jsonb_build_object('day', o.day, 'name', o.name) order by o.day)
      from generate_series(v_year, v_year + 2) y, app.official_rest_days(y) o),
    'history', coalesce((select jsonb_agg(jsonb_build_object('at', e.at, 'actor', app.staff_name(e.actor_id),
      'changes', e.changes) order by e.seq desc)
      from (select * from app.institution_events order by seq desc limit 50) e), '[]'));
end $$;

create function app.admit_admin() returns void
language plpgsql stable set search_path = '' as $$
begin
  if not app.has_role(array['admin'], null) then perform app.refuse('not_allowed', null, 403); end if;
end $$;

-- Every setting, the official days of three years and the last 50 changes. Version 0: nothing was saved yet.
create function public.institution_settings() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform app.admit_admin();
  return app.institution_answer();
end $$;
grant execute on function public.institution_settings() to authenticated;

-- Rules --------------------------------------------------------------------------------------------------

create function app.email_problems(p_data jsonb, p_key text) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return app.text_problems(p_data, p_key, 254, true)
    || case when app.visible_length(coalesce(p_data ->> p_key, '')) > 0 and app.canonical_email(p_data ->> p_key) is null
      then app.problem(p_key, 'email_invalid', 'wrong') else '{}' end;
end $$;

-- Problems of the electoral silence: two days in order, or none.
create function app.silence_problems(p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.day_problems(p_data, 'silence_from', null) || app.day_problems(p_data, 'silence_until', null);
  v_from text := coalesce(p_data ->> 'silence_from', '');
  v_until text := coalesce(p_data ->> 'silence_until', '');
begin
  if v_problems <> '{}' then return v_problems; end if;
  if (v_from = '') <> (v_until = '') then
    return app.problem(case when v_from = '' then 'silence_from' else 'silence_until' end, 'silence_incomplete', 'wrong');
  end if;
  return case when v_until < v_from then app.problem('silence_until', 'silence_disordered', 'wrong') else '{}' end;
end $$;

-- Problems of the periods for which personal data is kept. The table has the same bounds.
create function app.retention_problems(p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return app.number_problems(p_data, 'keep_contacts_months', 1, 36, true)
    || app.number_problems(p_data, 'keep_videos_days', 15, 365, true)
    || app.number_problems(p_data, 'keep_attendance_months', 6, 60, true)
    || app.number_problems(p_data, 'keep_withdrawn_days', 2, 180, true)
    || app.number_problems(p_data, 'keep_records_years', 5, 30, true);
end $$;

create function app.institution_problems(p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return (select app.text_problems(p_data, 'name', 120, true) || app.text_problems(p_data, 'short_name', 40, true)
    || app.email_problems(p_data, 'email') || app.text_problems(p_data, 'transparency_unit', 600, true)
    || app.email_problems(p_data, 'mail_from') || app.text_problems(p_data, 'phone', 60, false)
    || app.text_problems(p_data, 'address', 300, false) || app.text_problems(p_data, 'hours', 200, false)
    || app.text_problems(p_data, 'help_text', 500, false) || app.number_problems(p_data, 'grace_hours', 0, 168, true)
    || app.number_problems(p_data, 'storage_gb', 0, 100000, true) || app.silence_problems(p_data) || app.retention_problems(p_data) || app.number_problems(p_data, 'session_idle_hours', 1, 720, true)
    || app.number_problems(p_data, 'session_max_days', 1, 90, true)
    || case when jsonb_typeof(p_data -> 'require_aal2') is distinct from 'boolean'
      then app.problem('require_aal2', 'malformed_op', 'wrong') else '{}' end
    || case when jsonb_typeof(p_data -> 'accent') is distinct from 'string' or p_data ->> 'accent' !~ '^#[0-9a-f]{6}$'
      then app.problem('accent', 'accent_invalid', 'wrong') else '{}' end);
end $$;

-- Problems of a logo: null, or {header, icon}, each a PNG in base64.
create function app.logo_problems(p_logo jsonb) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return case when jsonb_typeof(p_logo) = 'null' or (jsonb_typeof(p_logo) = 'object'
      and app.png_within(p_logo ->> 'header', 480, 96) is not null and app.png_within(p_logo ->> 'icon', 192, 192) is not null)
    then '{}' else app.problem('logo', 'logo_invalid', 'wrong') end;
end $$;

create function app.holiday_problems(p_days jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_data jsonb := jsonb_build_object('holidays', p_days);
  v_problems app.problem[] := case when jsonb_typeof(p_days) is distinct from 'array'
    then app.problem('holidays', 'malformed_op', 'wrong') else app.list_problems(v_data, 'holidays', 400) end;
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  v_problems := coalesce((select array_agg(x order by h.place) from app.items_of(v_data, 'holidays') h,
    unnest(app.day_problems(h.item, 'day', 'date_invalid', 'holiday-' || h.place)
      || app.text_problems(h.item, 'name', 80, true, 'holiday-' || h.place)) x), '{}');
  if v_problems = '{}' and exists (select from app.items_of(v_data, 'holidays') h group by h.item ->> 'day' having count(*) > 1) then
    return app.problem('holidays', 'holiday_twice', 'wrong');
  end if;
  return v_problems;
end $$;

create function app.refuse_problems(p_problems app.problem[]) returns void
language plpgsql stable set search_path = '' as $$
begin
  if cardinality(p_problems) > 0 then perform app.refuse(p_problems[1].code, p_problems[1].field); end if;
end $$;
